import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { policySchema } from "./policy";
import { checkedRules, penalties, postureScore } from "./posture";

describe("The posture score", () => {
  test.each([
    [0, { critical: 0, warning: 0, notice: 0 }, null],
    [10, { critical: 0, warning: 0, notice: 0 }, 100],
    [10, { critical: 10, warning: 0, notice: 0 }, 0],
    [10, { critical: 1, warning: 2, notice: 2 }, 77],
    [10_000, { critical: 0, warning: 0, notice: 1 }, 99],
  ])("of %i accounts, of which %o have open findings, is %o", (accounts, gravest, score) => {
    expect(postureScore(accounts, gravest)).toBe(score);
  });

  test("lies between 0 and 100, is 100 only without any open finding, and falls with each", () => {
    const counts = fc.record({ critical: fc.nat(200), warning: fc.nat(200), notice: fc.nat(200) });
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 500 }), (gravest, clean) => {
        const found = gravest.critical + gravest.warning + gravest.notice;
        const score = postureScore(found + clean, gravest) ?? -1;
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        expect(score === 100).toBe(found === 0);
        const worse = postureScore(found + clean, { ...gravest, critical: gravest.critical + 1 }) ?? -1;
        expect(worse).toBeLessThanOrEqual(score);
      }),
    );
  });

  test("weighs a critical finding most and a notice least", () => {
    expect(penalties.critical).toBeGreaterThan(penalties.warning);
    expect(penalties.warning).toBeGreaterThan(penalties.notice);
  });
});

test("A practice is checked by those of its rules that are switched on", () => {
  const off = { rotation_age: { enabled: false }, expires_soon: { enabled: false }, expired: { enabled: false } };
  expect(checkedRules("rotated_regularly", policySchema.parse({ rules: off }))).toEqual([]);
  expect(checkedRules("always_an_expiry", policySchema.parse({}))).toEqual(["expiry_required", "longest_lifetime"]);
});
