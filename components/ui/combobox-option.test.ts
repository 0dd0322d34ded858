import { expect, it } from "vitest";
import { matchesQuery } from "./combobox-option";

const option = { value: "7", label: "Checkout EU", description: "Project 2195193", keywords: "Frankfurt" };

it.each(["", "check", "eu checkout", "2195", "FRANK eu", "  checkout  "])("is found by %j", (query) => {
  expect(matchesQuery(option, query)).toBe(true);
});

it.each(["checkouts", "eu us", "7"])("is not found by %j", (query) => {
  expect(matchesQuery(option, query)).toBe(false);
});
