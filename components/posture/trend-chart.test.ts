import { expect, test } from "vitest";
import { linePoints } from "./trend-chart";

test("A line goes from left to right, the highest value at the top and nought at the bottom", () => {
  expect(linePoints([0, 50, 100], 100, 28, 108)).toBe("4.0,24.0 54.0,14.0 104.0,4.0");
});

test("One value alone is a level, and nothing but noughts lies at the bottom", () => {
  expect(linePoints([7], 7, 28, 108)).toBe("4.0,4.0 104.0,4.0");
  expect(linePoints([0, 0], 0, 28, 108)).toBe("4.0,24.0 104.0,24.0");
});
