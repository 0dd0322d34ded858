import { expect, it } from "vitest";
import { pageRange } from "./page-range";

it.each([
  [
    { page: 1, pageSize: 50, total: 120 },
    { first: 1, last: 50, pages: 3, current: 1 },
  ],
  [
    { page: 3, pageSize: 50, total: 120 },
    { first: 101, last: 120, pages: 3, current: 3 },
  ],
  [
    { page: 9, pageSize: 50, total: 120 },
    { first: 101, last: 120, pages: 3, current: 3 },
  ],
  [
    { page: -2, pageSize: 50, total: 100 },
    { first: 1, last: 50, pages: 2, current: 1 },
  ],
  [
    { page: 1, pageSize: 50, total: 0 },
    { first: 0, last: 0, pages: 1, current: 1 },
  ],
])("%j shows %j", (input, expected) => {
  expect(pageRange(input)).toEqual(expected);
});
