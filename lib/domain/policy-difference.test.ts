import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultPolicy, policySchema } from "./policy";
import { policyDifference } from "./policy-difference";
import { severityOfRank, severityRank } from "./severity";

test("Says each setting that differs, from which value to which", () => {
  const pattern = { purpose: "Exports", pattern: "export-.+", example: "export-a" };
  const after = policySchema.parse({
    rules: {
      expired: { enabled: false },
      creator_gone: { emails: ["a@b.example", "c@d.example"] },
      name_pattern: { patterns: [pattern] },
    },
    warningDays: [7],
  });
  expect(policyDifference(defaultPolicy, after)).toEqual({
    "rules.expired.enabled": "true → false",
    "rules.creator_gone.emails": "none → a@b.example, c@d.example",
    "rules.name_pattern.patterns": `none → ${JSON.stringify(pattern)}`,
    warningDays: "90, 30, 7, 1 → 7",
  });
});

test("Nothing differs from itself, and there and back are the same settings", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 90 }), fc.boolean(), (days, enabled) => {
      const other = policySchema.parse({ rules: { expires_soon: { days, enabled } } });
      expect(policyDifference(other, other)).toEqual({});
      const there = policyDifference(defaultPolicy, other);
      expect(Object.keys(policyDifference(other, defaultPolicy))).toEqual(Object.keys(there));
    }),
  );
});

test("A severity is stored by its weight", () => {
  expect((["notice", "warning", "critical"] as const).map(severityRank)).toEqual([0, 1, 2]);
  expect([0, 1, 2].map(severityOfRank)).toEqual(["notice", "warning", "critical"]);
  expect(() => severityOfRank(3)).toThrow("no severity of rank 3");
});
