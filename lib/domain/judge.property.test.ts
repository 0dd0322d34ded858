import fc from "fast-check";
import { expect, test } from "vitest";
import type { Subject } from "./finding";
import { judge } from "./judge";
import { type Policy, policySchema, ruleIds, severities } from "./policy";
import { NOW, subject } from "./testing/judged-subject";

const instant = fc
  .date({ min: new Date("2020-01-01"), max: new Date("2032-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString());
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const role = maybe(fc.constantFrom("owner", "admin", "analyst", "consumer", "Custom", "no role"));

const anySubject: fc.Arbitrary<Subject> = fc
  .record({
    account: fc.record({
      username: fc.string(),
      name: fc.string(),
      creatorName: maybe(fc.string()),
      creatorEmail: maybe(fc.constantFrom("ada@example.com", "max@example.com")),
      createdAt: maybe(instant),
      firstSeenAt: instant,
      expiresAt: maybe(instant),
      lastUsedAt: maybe(instant),
      highestRole: role,
      own: fc.boolean(),
    }),
    memberships: fc.record({ projects: fc.nat(30), granted: fc.nat(30), organizationRole: role }),
    annotation: fc.record({ owner: maybe(fc.string()), roleReason: maybe(fc.string()) }),
  })
  .map(subject);

const anyPolicy: fc.Arbitrary<Policy> = fc
  .record(
    Object.fromEntries(
      ruleIds.map((rule) => [rule, fc.record({ enabled: fc.boolean(), severity: fc.constantFrom(...severities) })]),
    ),
  )
  .map((rules) => policySchema.parse({ rules }));

test("only rules that count find anything, once each, and as grave as the policy says", () => {
  fc.assert(
    fc.property(anySubject, anyPolicy, (judged, policy) => {
      const findings = judge(judged, policy, NOW);
      expect(new Set(findings.map(({ rule }) => rule)).size).toBe(findings.length);
      for (const { rule, severity, sentence } of findings) {
        expect(policy.rules[rule].enabled).toBe(true);
        expect(severity).toBe(policy.rules[rule].severity);
        expect(sentence).toMatch(/^[^\n]+$/s);
      }
    }),
  );
});

test("switching a rule off takes its finding away and no other", () => {
  fc.assert(
    fc.property(anySubject, anyPolicy, fc.constantFrom(...ruleIds), (judged, policy, rule) => {
      const without = policySchema.parse({
        ...policy,
        rules: { ...policy.rules, [rule]: { ...policy.rules[rule], enabled: false } },
      });
      const expected = judge(judged, policy, NOW).filter((finding) => finding.rule !== rule);
      expect(judge(judged, without, NOW)).toEqual(expected);
    }),
  );
});

test("a sentence stays the same from day to day while its finding does", () => {
  fc.assert(
    fc.property(anySubject, anyPolicy, fc.integer({ min: 0, max: 400 }), (judged, policy, days) => {
      const later = new Date(NOW.getTime() + days * 86_400_000);
      const before = new Map(judge(judged, policy, NOW).map((finding) => [finding.rule, finding.sentence]));
      for (const { rule, sentence } of judge(judged, policy, later)) {
        expect(before.get(rule) ?? sentence).toBe(sentence);
      }
    }),
  );
});

test("no fix ever takes the console's own credential away", () => {
  fc.assert(
    fc.property(anySubject, anyPolicy, (judged, policy) => {
      const own = { ...judged, account: { ...judged.account, own: true } };
      for (const { fix } of judge(own, policy, NOW)) expect(["settings", "annotate"]).toContain(fix);
    }),
  );
});
