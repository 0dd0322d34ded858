import { expect, test } from "vitest";
import { doubtAbout, emptiedMembers } from "./doubt";

test.each([
  [87, 0, "0 accounts, was 87"],
  [1, 0, "0 accounts, was 1"],
  [87, 17, "17 accounts, was 87"],
  [5, 0, "0 accounts, was 5"],
  [100, 20, null],
  [100, 19, "19 accounts, was 100"],
  [4, 1, null],
  [0, 0, null],
  [0, 120, null],
])("%i accounts before and %i now", (before, after, doubt) => {
  expect(doubtAbout("accounts", before, after)).toBe(doubt);
});

test.each([
  [30, 0, "0 members, was 30"],
  [4, 0, null],
  [30, 1, null],
])("%i members before and %i now", (before, after, doubt) => {
  expect(emptiedMembers(before, after)).toBe(doubt);
});
