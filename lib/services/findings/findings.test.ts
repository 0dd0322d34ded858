import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findFindingRun } from "@/lib/db/finding-runs";
import { deleteAccounts } from "@/lib/db/inventory-writes";
import { acquireLease } from "@/lib/db/leases";
import { emptyAnnotation } from "@/lib/domain/annotation";
import { type FindingQuery, findingPageSchema, findingQuerySchema } from "@/lib/domain/finding-view";
import { defaultPolicy, type Policy, policySchema } from "@/lib/domain/policy";
import { annotateServiceAccount } from "@/lib/services/annotations/annotate";
import { changePolicy } from "@/lib/services/policy/change-policy";
import { getPolicy } from "@/lib/services/policy/get-policy";
import { getPosture } from "@/lib/services/posture/get-posture";
import { expectPromisesKept } from "@/lib/services/testing/expect-promises";
import { failureOf } from "@/lib/services/testing/failure-of";
import { administrator, manager, openStage, type Stage, viewer } from "@/lib/services/testing/stage";
import { acceptFinding, withdrawAcceptance } from "./accept-finding";
import { exportFindings } from "./export-findings";
import { judgeOrganization } from "./judge-organization";
import { listFindings } from "./list-findings";
import { judgeIfDue, refreshFindings } from "./refresh-findings";

const DAY = 86_400;
let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const context = () => stage.as(administrator);
const inside = () => ({ ...stage.app, organization: stage.organization });
const list = async (query: Partial<FindingQuery> = {}) =>
  findingPageSchema.parse(await listFindings(context(), { ...findingQuerySchema.parse({ size: 250 }), ...query }));
async function ask(rules: Partial<Record<keyof Policy["rules"], object>>) {
  const policy = policySchema.parse({ ...defaultPolicy, rules: { ...defaultPolicy.rules, ...rules } });
  const input = { policy, version: (await getPolicy(context())).version };
  await changePolicy({ context: context(), input, idempotencyKey: stage.newKey() });
}

describe("What is found", () => {
  test("is there after a sync, the gravest first, and counted", async () => {
    const page = await list();
    expect(page.judgedAt).toBe(stage.now().toISOString());
    expect(page.total).toBe(page.open.critical + page.open.warning + page.open.notice);
    expect(page.total).toBeGreaterThan(40);
    const order = page.rows.map(({ severity }) => ["critical", "warning", "notice"].indexOf(severity));
    expect(order).toEqual([...order].sort());
    expect(page.rules.reduce((sum, { open }) => sum + open, 0)).toBe(page.total);
  });

  test("keeps its since while it lasts, and goes when it is resolved", async () => {
    const [before] = (await list({ rule: ["annotated"] })).rows;
    if (!before) throw new Error("Every account of the stage lacks an annotation.");
    await stage.advance(3 * DAY);
    await stage.sync();
    expect((await list({ rule: ["annotated"], account: before.accountId })).rows[0]?.since).toBe(before.since);
    const recorded = { ...emptyAnnotation, owner: "Data", contact: "data@example.com", purpose: "Exports" };
    const input = { annotation: recorded, seen: null };
    await annotateServiceAccount({
      context: context(),
      accountId: before.accountId,
      input,
      idempotencyKey: stage.newKey(),
    });
    expect((await list({ rule: ["annotated"], account: before.accountId })).total).toBe(0);
    expect(await judgeIfDue(inside())).toBe("not due");
  });

  test("is grouped by owner, those without one last, and found by the owner's name", async () => {
    const { owners } = await list();
    expect(owners.map(({ owner }) => owner)).toContain("Data");
    const byOwner = await list({ group: "owner" });
    expect(byOwner.rows[0]?.owner ?? null).toBe((await list({ owner: "Data" })).total > 0 ? "Data" : null);
    expect(byOwner.rows.at(-1)?.owner).toBeNull();
    expect((await list({ search: "dATa" })).rows.some(({ owner }) => owner === "Data")).toBe(true);
    expect((await list({ unowned: "yes" })).rows.every(({ owner }) => owner === null)).toBe(true);
    expect((await list({ severity: ["critical"] })).rows.every(({ severity }) => severity === "critical")).toBe(true);
  });

  test("goes with its account", async () => {
    const [{ accountId } = { accountId: 0 }] = (await list()).rows;
    await deleteAccounts(stage.database, stage.organization.key, [accountId]);
    expect((await list({ account: accountId })).total).toBe(0);
    await judgeOrganization(inside());
    const rows = stage.database.selectFrom("findings").selectAll().where("account_id", "=", accountId);
    expect(await rows.execute()).toEqual([]);
    await stage.sync();
    expect((await list({ account: accountId })).total).toBeGreaterThan(0);
  });

  test("is paged in the database", async () => {
    const whole = (await list()).rows.map(({ accountId, rule }) => `${accountId} ${rule}`);
    const pages = [];
    for (let page = 1; page <= Math.ceil(whole.length / 50); page += 1) {
      pages.push(...(await list({ size: 50, page })).rows.map(({ accountId, rule }) => `${accountId} ${rule}`));
    }
    expect(pages).toEqual(whole);
  });

  test("names the console's own credential and leads to the settings", async () => {
    const own = (await list()).rows.filter((row) => row.own);
    expect(own.length).toBeGreaterThan(0);
    for (const { fix } of own) expect(["settings", "annotate"]).toContain(fix);
  });

  test("is looked at again as time passes, by one replica at a time", async () => {
    await stage.advance(20 * 60);
    const now = stage.now().toISOString();
    const expiresAt = new Date(stage.now().getTime() + 60_000).toISOString();
    const name = `findings:${stage.organization.key}`;
    await acquireLease(stage.database, { name, holder: "another", now, expiresAt });
    expect(await judgeIfDue(inside())).toBe("elsewhere");
    await stage.advance(61);
    expect(await judgeIfDue(inside())).toBe("judged");
    expect(await judgeIfDue(inside())).toBe("not due");
  });

  test("follows from what changed while it was judged: it is judged anew", async () => {
    const others = Array.from({ length: 3 }, () => refreshFindings(inside()));
    await Promise.all([judgeOrganization(inside()), ...others]);
    const { wanted, judged } = await findFindingRun(stage.database, stage.organization.key);
    if (wanted !== judged) expect(await judgeIfDue(inside())).toBe("judged");
    expect(await judgeIfDue(inside())).toBe("not due");
  });
});

describe("Accepting a finding", () => {
  const until = () => new Date(stage.now().getTime() + 30 * DAY * 1_000).toISOString().slice(0, 10);
  const accept = (person: typeof manager, finding: { accountId: number; rule: string }, more = {}) =>
    acceptFinding({
      context: stage.as(person),
      input: { ...pick(finding), reason: "Known, ends with the migration", until: until(), ...more },
      idempotencyKey: stage.newKey(),
    });
  const pick = ({ accountId, rule }: { accountId: number; rule: string }) => ({
    accountId,
    rule: policySchema.shape.rules.unwrap().keyof().parse(rule),
  });
  const withdraw = (person: typeof manager, finding: { accountId: number; rule: string }) =>
    withdrawAcceptance({ context: stage.as(person), input: pick(finding), idempotencyKey: stage.newKey() });
  const first = async (severity: "critical" | "warning" | "notice") => {
    const [finding] = (await list({ severity: [severity] })).rows;
    if (!finding) throw new Error(`The stage has a ${severity} finding.`);
    return finding;
  };

  test("takes it from the open ones until the day is over", async () => {
    const finding = await first("warning");
    const before = await list();
    const { acceptance } = await accept(manager, finding);
    expect(acceptance).toMatchObject({ byName: "Max", until: `${until()}T23:59:59.999Z` });
    const after = await list();
    expect(after.total).toBe(before.total - 1);
    expect(after.accepted).toBe(1);
    const shown = (await list({ state: "accepted" })).rows;
    expect(shown).toMatchObject([{ ...pick(finding), acceptance: { reason: "Known, ends with the migration" } }]);
    await stage.advance(31 * DAY);
    await stage.sync();
    expect((await list({ state: "accepted" })).total).toBe(0);
    expect((await list({ account: finding.accountId, rule: [pick(finding).rule] })).total).toBe(1);
  });

  test("can be withdrawn, and both are in the record", async () => {
    const finding = await first("notice");
    await accept(manager, finding);
    expect((await withdraw(manager, finding)).acceptance).toBeNull();
    expect((await list({ account: finding.accountId, rule: [pick(finding).rule] })).total).toBe(1);
    const events = await stage.database
      .selectFrom("audit_events")
      .select(["action", "actor_name", "target_id", "detail"])
      .where("action", "like", "finding.%")
      .orderBy("sequence", "desc")
      .limit(2)
      .execute();
    expect(events).toMatchObject([
      { action: "finding.withdraw", actor_name: "Max", target_id: String(finding.accountId) },
      { action: "finding.accept", target_id: String(finding.accountId) },
    ]);
    expect(events[1]?.detail).toContain("Known, ends with the migration");
    expect(await failureOf(withdraw(manager, finding))).toMatchObject({ code: "not_found" });
  });

  test("is an administrator's where it is critical, and a viewer's nowhere", async () => {
    const critical = await first("critical");
    expect(await failureOf(accept(manager, critical))).toMatchObject({ code: "not_permitted" });
    expect(await failureOf(accept(viewer, await first("notice")))).toMatchObject({ code: "not_permitted" });
    expect((await accept(administrator, critical)).acceptance).not.toBeNull();
    expect(await failureOf(withdraw(manager, critical))).toMatchObject({ code: "not_permitted" });
    await withdraw(administrator, critical);
  });

  test("does not count any more when the policy makes the finding graver", async () => {
    const finding = (await list({ rule: ["annotated"] })).rows[0];
    if (!finding) throw new Error("Accounts of the stage lack annotations.");
    await accept(manager, finding);
    await ask({ annotated: { ...defaultPolicy.rules.annotated, severity: "critical" } });
    const [again] = (await list({ account: finding.accountId, rule: ["annotated"] })).rows;
    expect(again).toMatchObject({ severity: "critical", acceptance: null, since: finding.since });
    await ask({});
    expect((await list({ state: "accepted", account: finding.accountId })).total).toBe(1);
    await withdraw(manager, finding);
  });

  test("asks for a day ahead, within a year, and for something that is found", async () => {
    const finding = await first("notice");
    const day = (days: number) => new Date(stage.now().getTime() + days * DAY * 1_000).toISOString().slice(0, 10);
    for (const wrong of [day(-1), day(367)]) {
      expect(await failureOf(accept(manager, finding, { until: wrong }))).toMatchObject({ code: "bad_request" });
    }
    const nothing = { accountId: 999_999, rule: "annotated" };
    expect(await failureOf(accept(manager, nothing))).toMatchObject({ code: "not_found" });
  });

  test("happens once, however often the same request comes", async () => {
    const finding = await first("notice");
    const input = { ...pick(finding), reason: "Twice the same", until: until() };
    const idempotencyKey = stage.newKey();
    const one = await acceptFinding({ context: stage.as(manager), input, idempotencyKey });
    await withdraw(manager, finding);
    const two = await acceptFinding({ context: stage.as(manager), input, idempotencyKey });
    expect(one.acceptance).not.toBeNull();
    expect(two.acceptance).toBeNull();
  });
});

test("The file holds every finding that is filtered, safe for a spreadsheet", async () => {
  const query = findingQuerySchema.parse({ severity: "critical" });
  const pieces = [];
  for await (const piece of exportFindings(context(), query)) pieces.push(piece);
  const lines = pieces.join("").trimEnd().split("\r\n");
  expect(lines).toHaveLength(1 + (await list({ severity: ["critical"] })).total);
  expect(lines[0]).toContain('"severity","rule","name"');
});

test("The posture is of today, with a point for each day that was judged", async () => {
  const posture = await getPosture(context());
  const page = await list();
  expect(posture.open).toEqual(page.open);
  expect(posture.history.at(-1)).toMatchObject({ day: stage.now().toISOString().slice(0, 10), score: posture.score });
  expect(posture.history.length).toBeGreaterThan(2);
  expect(posture.practices.map(({ id }) => id)).toContain("least_privilege");
  for (const { following } of posture.practices) expect(following).toBeLessThanOrEqual(posture.accounts);
  for (const { trend, open } of posture.rules) {
    expect(trend).toHaveLength(posture.history.length);
    expect(trend.at(-1)).toBe(open);
  }
});

test("Every promise of the record holds after all of it", () => expectPromisesKept(stage, 0));
