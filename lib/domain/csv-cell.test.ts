import fc from "fast-check";
import { expect, it } from "vitest";
import { escapeFormula, unescapeFormula } from "./csv-cell";

it.each(["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠a"])("makes %j text", (cell) => {
  expect(escapeFormula(cell)).toBe(`'${cell}`);
});

it("leaves what people write alone", () => {
  for (const cell of ["export", "", "'quoted'", "a=b", "1-2"]) {
    expect(escapeFormula(cell)).toBe(cell);
    expect(unescapeFormula(cell)).toBe(cell);
  }
});

it("gives back what it was given, an apostrophe before a formula included", () => {
  expect(escapeFormula("'=1")).toBe("''=1");
  const cell = fc.string({ unit: fc.constantFrom("=", "'", "-", "a", "\t", "＝") });
  fc.assert(fc.property(cell, (text) => unescapeFormula(escapeFormula(text)) === text));
});
