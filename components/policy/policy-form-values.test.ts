import { expect, test } from "vitest";
import { entriesOf, firstMessage } from "./policy-form-values";

test("A list is read from lines and commas, each entry once", () => {
  expect(entriesOf(" terraform\n\nbi-sync, terraform ,x\n")).toEqual(["terraform", "bi-sync", "x"]);
  expect(entriesOf(" \n,")).toEqual([]);
});

test("The first message is the field's own, or that of its first wrong entry", () => {
  expect(firstMessage({ message: "At least one day." })).toBe("At least one day.");
  expect(firstMessage([undefined, { message: "A whole number." }, { message: "Later." }])).toBe("A whole number.");
  expect(firstMessage({ root: { message: "At most 10." } })).toBe("At most 10.");
  expect(firstMessage({ 0: {} })).toBeUndefined();
  expect(firstMessage(undefined)).toBeUndefined();
});
