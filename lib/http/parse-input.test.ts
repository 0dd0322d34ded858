import { expect, test } from "vitest";
import { z } from "zod";
import { parseInput, searchParameters } from "./parse-input";

const schema = z.object({
  name: z
    .string()
    .min(3, "Too short.")
    .regex(/^[a-z]+$/, "Letters only."),
  list: z.array(z.number()).default([]),
});
const fieldsOf = (input: unknown): unknown => {
  try {
    return parseInput(schema, input);
  } catch (error) {
    return error instanceof Error && "details" in error ? error.details : error;
  }
};

test("each wrong field is named once, with its first reason and never with what was sent", () => {
  expect(fieldsOf({ name: "1" })).toEqual({ fields: { name: "Too short." } });
  const many = { name: "abc", list: Array.from({ length: 500 }, (_, index) => `secret-${index}`) };
  const told = JSON.stringify(fieldsOf(many));
  expect(told).not.toContain("secret-");
  expect(told.split("list.").length - 1).toBe(50);
});

test("of a repeated parameter the last counts", () => {
  expect(searchParameters("http://console.test/?role=viewer&role=owner&__proto__=x")).toEqual(
    Object.fromEntries([
      ["role", "owner"],
      ["__proto__", "x"],
    ]),
  );
});
