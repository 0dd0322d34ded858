import { expect, it } from "vitest";
import { feedInputSchema } from "./feed";
import { findingQuerySchema } from "./finding-view";
import { accountQuerySchema, selectionQuerySchema } from "./list-query";

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

it("takes a list with commas and one that is repeated for the same", () => {
  for (const expiry of ["expired,never", ["expired", "never"]]) {
    expect(accountQuerySchema.parse({ expiry }).expiry).toEqual(["expired", "never"]);
  }
  for (const severity of ["critical,,notice", ["critical", "notice"]]) {
    expect(findingQuerySchema.parse({ severity }).severity).toEqual(["critical", "notice"]);
  }
  for (const ids of ["1,2", ["1", "2"]]) expect(selectionQuerySchema.parse({ ids }).ids).toEqual([1, 2]);
  expect(selectionQuerySchema.safeParse({ ids: "" }).success).toBe(false);
});

it("takes an owner that is left empty for nobody in particular", () => {
  const feed = (owner: string) => feedInputSchema.parse({ organizationKey: "acme", kind: "calendar", owner }).owner;
  expect([feed("  "), feed(" Data team ")]).toEqual([null, "Data team"]);
});
