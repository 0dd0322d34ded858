import { expect, test } from "vitest";
import { RateLimit } from "./rate-limit";

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000);

test("As many requests as a minute allows may come at once, then one per its share", () => {
  const limit = new RateLimit(60);
  for (let count = 0; count < 60; count += 1) expect(limit.take("vera", at(0))).toBe(0);
  expect(limit.take("vera", at(0))).toBe(1);
  expect(limit.take("vera", at(1))).toBe(0);
  expect(limit.take("vera", at(1))).toBe(1);
});

test("Keys do not share, and a long pause gives no more than a minute's worth", () => {
  const limit = new RateLimit(2);
  expect([limit.take("a", at(0)), limit.take("a", at(0)), limit.take("b", at(0))]).toEqual([0, 0, 0]);
  expect(limit.take("a", at(0))).toBe(30);
  expect([limit.take("a", at(9000)), limit.take("a", at(9000))]).toEqual([0, 0]);
  expect(limit.take("a", at(9000))).toBe(30);
});

test("A clock that goes backwards gives nothing away", () => {
  const limit = new RateLimit(1);
  expect(limit.take("a", at(100))).toBe(0);
  expect(limit.take("a", at(0))).toBe(60);
});

test("Only so many keys are remembered; the one unused for longest goes first", () => {
  const limit = new RateLimit(1, 2);
  for (const key of ["a", "b"]) limit.take(key, at(0));
  limit.take("c", at(0));
  expect(limit.take("b", at(0))).toBe(60);
  expect(limit.take("a", at(0))).toBe(0);
});
