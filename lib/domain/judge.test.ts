import { describe, expect, test } from "vitest";
import type { Subject } from "./finding";
import { judge } from "./judge";
import { defaultPolicy, type Policy } from "./policy";
import { daysOff, NOW, only, subject } from "./testing/judged-subject";
import { epochDay } from "./usage-history";

type Case = { what: string; subject?: Subject; policy: Policy; found: string | null; fix?: string };

const today = epochDay(NOW);
const weekly = [today - 40, today - 33, today - 26, today - 19];
const cases: Case[] = [
  { what: "an expiry", policy: only("expiry_required"), found: null },
  {
    what: "no expiry",
    subject: subject({ account: { expiresAt: null } }),
    policy: only("expiry_required"),
    found: "It never expires; the policy asks for an expiry.",
    fix: "rotate",
  },
  {
    what: "no expiry for a reason, which is told but does not replace one",
    subject: subject({ account: { expiresAt: null }, annotation: { neverReason: "Burnt into a device." } }),
    policy: only("expiry_required"),
    found: "It never expires; the policy asks for an expiry. Its reason: Burnt into a device.",
  },
  { what: "a life as long as allowed", policy: only("longest_lifetime", { days: 120 }), found: null },
  {
    what: "a longer life",
    policy: only("longest_lifetime", { days: 119 }),
    found: "It lives from 2026-09-24 to 2027-01-22; the policy allows 119 days.",
    fix: "rotate",
  },
  {
    what: "a life counted from the first sight of it",
    subject: subject({ account: { createdAt: null } }),
    policy: only("longest_lifetime", { days: 1 }),
    found: "It lives from 2026-10-04 to 2027-01-22; the policy allows 1 day.",
  },
  {
    what: "no expiry, hence no length of life",
    subject: subject({ account: { expiresAt: null } }),
    policy: only("longest_lifetime"),
    found: null,
  },
  { what: "an expiry far away", policy: only("expires_soon"), found: null },
  {
    what: "an expiry on the last day of the limit",
    subject: subject({ account: { expiresAt: daysOff(30) } }),
    policy: only("expires_soon"),
    found: "It expires on 2026-12-23, within 30 days.",
    fix: "rotate",
  },
  {
    what: "an expiry that has been",
    subject: subject({ account: { expiresAt: daysOff(0) } }),
    policy: only("expires_soon"),
    found: null,
  },
  {
    what: "no expiry that could be soon",
    subject: subject({ account: { expiresAt: null } }),
    policy: only("expires_soon"),
    found: null,
  },
  { what: "an account that works", policy: only("expired"), found: null },
  {
    what: "no expiry that could have been",
    subject: subject({ account: { expiresAt: null } }),
    policy: only("expired"),
    found: null,
  },
  {
    what: "an expired account that was used until the end",
    subject: subject({ account: { expiresAt: daysOff(-2), lastUsedAt: daysOff(-3) } }),
    policy: only("expired"),
    found: "It expired on 2026-11-21 and was last used on 2026-11-20.",
    fix: "rotate",
  },
  {
    what: "an expired account that had rested",
    subject: subject({ account: { expiresAt: daysOff(-2), lastUsedAt: daysOff(-40) } }),
    policy: only("expired"),
    found: "It expired on 2026-11-21 and was last used on 2026-10-14.",
    fix: "delete",
  },
  {
    what: "an expired account that was never used",
    subject: subject({ account: { expiresAt: daysOff(0), lastUsedAt: null } }),
    policy: only("expired"),
    found: "It expired on 2026-11-23 and was never used.",
    fix: "delete",
  },
  { what: "a young secret", policy: only("rotation_age", { days: 61 }), found: null },
  {
    what: "an old secret",
    policy: only("rotation_age", { days: 60 }),
    found: "Its secret dates from 2026-09-24; the policy asks for a rotation every 60 days.",
    fix: "rotate",
  },
  {
    what: "a secret older than anybody knows",
    subject: subject({ account: { createdAt: null } }),
    policy: only("rotation_age", { days: 50 }),
    found: "It was there on 2026-10-04; the policy asks for a rotation every 50 days.",
  },
  {
    what: "an old secret that works no more",
    subject: subject({ account: { expiresAt: daysOff(-1) } }),
    policy: only("rotation_age", { days: 1 }),
    found: null,
  },
  { what: "no agreed form", policy: only("name_pattern", { patterns: [] }), found: null },
  {
    what: "a name in an agreed form",
    policy: only("name_pattern", { patterns: [{ purpose: "jobs", pattern: "[a-z]+-[a-z]+", example: "a-b" }] }),
    found: null,
  },
  {
    what: "a name of which only a part has the form",
    policy: only("name_pattern", {
      patterns: [
        { purpose: "jobs", pattern: "nightly|x", example: "nightly" },
        { purpose: "people", pattern: "p-.+", example: "p-ada" },
      ],
    }),
    found: "Its name has none of the agreed forms, for example nightly (jobs), p-ada (people).",
    fix: "rotate",
  },
  { what: "a low role", policy: only("highest_role"), found: null },
  {
    what: "a role above the limit",
    subject: subject({ account: { highestRole: "admin" } }),
    policy: only("highest_role"),
    found: "It holds the role admin; the policy allows analyst at most.",
    fix: "remove_membership",
  },
  {
    what: "a role above the limit in the organization alone",
    subject: subject({ memberships: { organizationRole: "owner" } }),
    policy: only("highest_role"),
    found: "It holds the role owner; the policy allows analyst at most.",
  },
  {
    what: "a custom role, which may hold more than an analyst",
    subject: subject({ account: { highestRole: "Report builder" } }),
    policy: only("highest_role"),
    found: "It holds the role Report builder; the policy allows analyst at most.",
  },
  {
    what: "no role at all",
    subject: subject({ account: { highestRole: null } }),
    policy: only("highest_role"),
    found: null,
  },
  {
    what: "a name that may exceed the limit",
    subject: subject({ account: { highestRole: "admin" } }),
    policy: only("highest_role", { exceptions: ["nightly-export"] }),
    found: null,
  },
  {
    what: "a username that may exceed the limit",
    subject: subject({ account: { highestRole: "admin" } }),
    policy: only("highest_role", { exceptions: ["other", "nightly-export.1a2b3c.mp-service-account"] }),
    found: null,
  },
  {
    what: "an exception for another account",
    subject: subject({ account: { highestRole: "admin" } }),
    policy: only("highest_role", { exceptions: ["nightly"] }),
    found: "It holds the role admin; the policy allows analyst at most.",
  },
  { what: "a role that needs no reason", policy: only("strong_role_reason"), found: null },
  {
    what: "admin without a reason",
    subject: subject({ account: { highestRole: "admin" } }),
    policy: only("strong_role_reason"),
    found: "It holds the role admin and no reason for it is recorded.",
    fix: "annotate",
  },
  {
    what: "owner without a reason",
    subject: subject({ memberships: { organizationRole: "owner" }, account: { highestRole: "admin" } }),
    policy: only("strong_role_reason"),
    found: "It holds the role owner and no reason for it is recorded.",
  },
  {
    what: "owner with a reason",
    subject: subject({ account: { highestRole: "owner" }, annotation: { roleReason: "Terraform" } }),
    policy: only("strong_role_reason"),
    found: null,
  },
  { what: "some projects", policy: only("no_project"), found: null },
  {
    what: "no project",
    subject: subject({ memberships: { projects: 0 } }),
    policy: only("no_project"),
    found: "It is in no project, so it can read and change nothing.",
    fix: "assign",
  },
  {
    what: "no project but a role that reaches all of them",
    subject: subject({ memberships: { projects: 0, organizationRole: "admin" } }),
    policy: only("no_project"),
    found: null,
  },
  {
    what: "no project and a role that reaches none",
    subject: subject({ memberships: { projects: 0, organizationRole: "consumer" } }),
    policy: only("no_project"),
    found: "It is in no project, so it can read and change nothing.",
  },
  {
    what: "an owner of the whole organization",
    subject: subject({ memberships: { projects: 0, organizationRole: "owner" } }),
    policy: only("no_project"),
    found: null,
  },
  { what: "as many projects as allowed", policy: only("too_many_projects", { count: 2 }), found: null },
  {
    what: "one project more",
    policy: only("too_many_projects", { count: 1 }),
    found: "It was given 2 projects; the policy allows 1.",
    fix: "remove_membership",
  },
  { what: "a used account", policy: only("never_used"), found: null },
  {
    what: "an account that nobody used in its time",
    subject: subject({ account: { lastUsedAt: null } }),
    policy: only("never_used", { days: 60 }),
    found: "It has existed since 2026-09-24 and was never used.",
    fix: "delete",
  },
  {
    what: "an account that is too new to have been used",
    subject: subject({ account: { lastUsedAt: null } }),
    policy: only("never_used", { days: 61 }),
    found: null,
  },
  {
    what: "an account that can no longer be used",
    subject: subject({ account: { lastUsedAt: null, expiresAt: daysOff(-1) } }),
    policy: only("never_used", { days: 1 }),
    found: null,
  },
  { what: "an account used yesterday", policy: only("silent"), found: null },
  {
    what: "a weekly job that stopped",
    subject: subject({ account: { lastUsedAt: daysOff(-19) }, history: { days: weekly } }),
    policy: only("silent"),
    found: "It was last used on 2026-11-04, longer ago than it usually rests.",
    fix: "delete",
  },
  {
    what: "the same rest of a job without a known rhythm",
    subject: subject({ account: { lastUsedAt: daysOff(-19) }, history: { days: [today - 19] } }),
    policy: only("silent"),
    found: null,
  },
  {
    what: "a rest beyond the fallback",
    subject: subject({ account: { lastUsedAt: daysOff(-91) } }),
    policy: only("silent"),
    found: "It was last used on 2026-08-24, longer ago than it usually rests.",
  },
  {
    what: "the silence of an account that works no more",
    subject: subject({ account: { lastUsedAt: daysOff(-91), expiresAt: daysOff(-1) } }),
    policy: only("silent"),
    found: null,
  },
  {
    what: "an account that was never used, which is not silence",
    subject: subject({ account: { lastUsedAt: null } }),
    policy: only("silent"),
    found: null,
  },
  {
    what: "a creator who is there",
    policy: only("creator_gone", { emails: ["max@example.com"] }),
    found: null,
  },
  {
    what: "a creator who has left",
    policy: only("creator_gone", { emails: ["max@example.com", "ADA@example.com"] }),
    found: "Ada, who created it, has left.",
    fix: "rotate",
  },
  {
    what: "a creator who has left and whose name nobody knows",
    subject: subject({ account: { creatorName: null } }),
    policy: only("creator_gone", { emails: ["ada@example.com"] }),
    found: "ada@example.com, who created it, has left.",
  },
  {
    what: "a creator of whom no address is known",
    subject: subject({ account: { creatorEmail: null } }),
    policy: only("creator_gone", { emails: ["ada@example.com"] }),
    found: null,
  },
  { what: "what has to be recorded", policy: only("annotated"), found: null },
  {
    what: "what is missing of it",
    subject: subject({ annotation: { owner: null, purpose: null } }),
    policy: only("annotated"),
    found: "Not recorded: owner, purpose.",
    fix: "annotate",
  },
];

describe("judge", () => {
  test.each(cases)("$what", ({ subject: judged = subject(), policy, found, fix }) => {
    const [finding, ...more] = judge(judged, policy, NOW);
    expect(finding?.sentence ?? null).toBe(found);
    if (fix) expect(finding?.fix).toBe(fix);
    expect(more).toEqual([]);
  });

  test("finds nothing about a good account by the defaults", () => {
    expect(judge(subject(), defaultPolicy, NOW)).toEqual([]);
  });

  test("the console's own credential is judged, and mended on the settings page", () => {
    const own = subject({ account: { own: true, expiresAt: null }, annotation: { owner: null } });
    expect(judge(own, defaultPolicy, NOW).map(({ rule, fix }) => [rule, fix])).toEqual([
      ["expiry_required", "settings"],
      ["annotated", "annotate"],
    ]);
  });

  test("a pattern is compared by whoever was given, for it may never come to an end", () => {
    const policy = only("name_pattern", { patterns: [{ purpose: "x", pattern: "x", example: "x" }] });
    expect(judge(subject(), policy, NOW, () => true)).toEqual([]);
  });
});
