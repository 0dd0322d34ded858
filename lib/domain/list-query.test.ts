import { expect, it } from "vitest";
import { accountQuerySchema } from "./list-query";

it("reads an address", () => {
  const query = accountQuerySchema.parse({
    search: " x ",
    expiry: "expired,never",
    project: "12",
    page: "3",
    size: "100",
  });
  expect(query).toMatchObject({
    search: "x",
    expiry: ["expired", "never"],
    project: 12,
    page: 3,
    size: 100,
    sort: "expires",
  });
});

it.each([{ expiry: "soon" }, { page: "0" }, { size: "7" }, { sort: "secret" }, { project: "-1" }])(
  "refuses %j",
  (input) => {
    expect(accountQuerySchema.safeParse(input).success).toBe(false);
  },
);
