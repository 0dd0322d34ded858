import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppError } from "@/lib/domain/app-error";
import { type FindingQuery, findingQuerySchema } from "@/lib/domain/finding-view";
import { defaultPolicy, type Policy, policySchema } from "@/lib/domain/policy";
import { dryRunAnswerSchema } from "@/lib/domain/policy-view";
import type { OrganizationContext } from "@/lib/services/context";
import { listFindings } from "@/lib/services/findings/list-findings";
import { judgeIfDue } from "@/lib/services/findings/refresh-findings";
import { failureOf } from "@/lib/services/testing/failure-of";
import { administrator, manager, openStage, type Stage } from "@/lib/services/testing/stage";
import { changePolicy } from "./change-policy";
import { dryRunPolicy } from "./dry-run-policy";
import { getPolicy } from "./get-policy";
import { keepPolicyFile } from "./keep-policy-file";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

type Rules = { [Rule in keyof Policy["rules"]]?: Partial<Policy["rules"][Rule]> };
const withRules = (rules: Rules) =>
  policySchema.parse({ ...defaultPolicy, rules: { ...defaultPolicy.rules, ...rules } });
const change = (policy: Policy, version: number, more: { context?: OrganizationContext; key?: string } = {}) =>
  changePolicy({
    context: more.context ?? stage.as(administrator),
    input: { policy, version },
    idempotencyKey: more.key ?? stage.newKey(),
  });
const open = async (query: Partial<FindingQuery>) =>
  (await listFindings(stage.as(administrator), { ...findingQuerySchema.parse({}), ...query })).total;

describe("A policy", () => {
  test("begins with the defaults, and what is saved counts at once", async () => {
    expect(await getPolicy(stage.as(manager))).toMatchObject({ version: 0, source: "defaults", updatedBy: null });
    const before = await open({ rule: ["annotated"] });
    expect(before).toBeGreaterThan(0);
    const saved = await change(withRules({ annotated: { enabled: false } }), 0);
    expect(saved).toMatchObject({ version: 1, source: "page", updatedBy: "Ada" });
    expect(await open({ rule: ["annotated"] })).toBe(0);
  });

  test("is not saved over a change that its editor has not seen, and says whose that was", async () => {
    const error = await failureOf(change(defaultPolicy, 0));
    expect(error).toMatchObject({ code: "changed_meanwhile", status: 409 });
    expect(error instanceof AppError && error.details.reason).toBe("Ada changed it on 2026-11-23 at 12:00 UTC.");
    const answers = await Promise.allSettled(
      [10, 20, 30].map((days) => change(withRules({ expires_soon: { days } }), 1)),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await getPolicy(stage.as(manager))).version).toBe(2);
  });

  test("is saved once by the same request, and written down with what changed in it", async () => {
    const { policy, version } = await getPolicy(stage.as(manager));
    const next = {
      ...policy,
      warningDays: [60, 5],
      rules: { ...policy.rules, silent: { ...policy.rules.silent, fallbackDays: 45 } },
    };
    const key = stage.newKey();
    await change(next, version, { key });
    expect((await change(next, version, { key })).version).toBe(version + 1);
    const event = await stage.database
      .selectFrom("audit_events")
      .select(["action", "actor_name", "target_kind", "detail"])
      .orderBy("sequence", "desc")
      .executeTakeFirstOrThrow();
    expect(event).toMatchObject({ action: "policy.change", actor_name: "Ada", target_kind: "organization" });
    expect(JSON.parse(event.detail)).toEqual({
      version: version + 1,
      "rules.silent.fallbackDays": "90 → 45",
      warningDays: "90, 30, 7, 1 → 60, 5",
    });
  });

  test("is for administrators to change and to try", async () => {
    const context = stage.as(manager);
    expect(await failureOf(change(defaultPolicy, 3, { context }))).toMatchObject({ code: "not_permitted" });
    const tried = failureOf(dryRunPolicy({ context, input: { policy: defaultPolicy } }));
    expect(await tried).toMatchObject({ code: "not_permitted" });
  });

  test.each([
    ["(a+)+", "aaa", "policy.rules.name_pattern.patterns.0.pattern"],
    ["[a-z]+", "A1", "policy.rules.name_pattern.patterns.0.example"],
  ])("is refused with a pattern that is too slow or does not fit its example: %s", async (pattern, example, field) => {
    const policy = withRules({ name_pattern: { enabled: true, patterns: [{ purpose: "jobs", pattern, example }] } });
    const { version } = await getPolicy(stage.as(manager));
    const error = await failureOf(change(policy, version));
    expect(error).toMatchObject({ code: "bad_request" });
    expect(error instanceof AppError && Object.keys(error.details.fields ?? {})).toEqual([field]);
    const tried = failureOf(dryRunPolicy({ context: stage.as(administrator), input: { policy } }));
    expect(await tried).toMatchObject({ code: "bad_request" });
  });

  test("a pattern of words and hyphens is quick enough", async () => {
    const patterns = [{ purpose: "jobs", pattern: "[a-z0-9]+(-[a-z0-9]+)*", example: "nightly-export-2" }];
    const { version } = await getPolicy(stage.as(manager));
    const saved = await change(withRules({ name_pattern: { enabled: true, patterns } }), version);
    expect(saved.policy.rules.name_pattern.patterns).toEqual(patterns);
  });

  test("of a file counts for every organization, and is not changed here", async () => {
    const environment = { ...stage.app.environment, policy: withRules({ expired: { enabled: false } }) };
    const context = { ...stage.as(administrator), environment };
    expect(await getPolicy(context)).toMatchObject({ source: "file", policy: environment.policy, version: 0 });
    expect(await failureOf(change(defaultPolicy, 0, { context }))).toMatchObject({ code: "policy_configured" });
    await keepPolicyFile(context);
    await keepPolicyFile(context);
    const events = stage.database.selectFrom("audit_events").select(["actor_name", "detail"]);
    const [last, before] = await events.orderBy("sequence", "desc").limit(2).execute();
    expect(last).toMatchObject({ actor_name: "policy file" });
    expect(last?.detail).toContain('"rules.expired.enabled":"true → false"');
    expect(before).toMatchObject({ actor_name: "Ada" });
    expect(await judgeIfDue(context)).toBe("judged");
    expect(await open({ rule: ["expired"] })).toBe(0);
  });
});

describe("A dry run", () => {
  test("says what would be found that is not now, and what no more, and changes nothing", async () => {
    const { policy, version } = await getPolicy(stage.as(manager));
    await change(defaultPolicy, version);
    const before = await open({});
    const everything = withRules({
      too_many_projects: { count: 1 },
      annotated: { enabled: false },
      expired: { severity: "notice" },
    });
    const answer = dryRunAnswerSchema.parse(
      await dryRunPolicy({ context: stage.as(administrator), input: { policy: everything } }),
    );
    const of = (rule: string) => answer.rules.find((each) => each.rule === rule);
    const projects = of("too_many_projects");
    expect(projects?.found).toBeGreaterThan(0);
    expect(projects?.after).toBe((projects?.before ?? 0) + (projects?.found ?? 0));
    expect(projects?.foundNames.length).toBe(Math.min(5, projects?.found ?? 0));
    expect(of("annotated")).toMatchObject({ after: 0, found: 0, resolved: answer.accounts });
    expect(of("expired")?.reweighed).toBe(of("expired")?.before);
    expect(await open({})).toBe(before);
    await change(everything, version + 1);
    expect(await open({ rule: ["too_many_projects"] })).toBe(projects?.after);
    expect(policy.rules.too_many_projects.count).not.toBe(1);
  });
});
