import { afterEach, beforeEach, expect, it } from "vitest";
import { createServiceAccount } from "@/lib/services/service-accounts/create";
import { expectPromisesKept } from "@/lib/services/testing/expect-promises";
import { administrator, manager, openStage, type Stage } from "@/lib/services/testing/stage";
import { assignMemberships } from "./assign";
import { removeMemberships } from "./remove";

let stage: Stage;
let accountIds: number[];
let projects: { id: number; role: "consumer" }[];
let before: number;

beforeEach(async () => {
  stage = await openStage();
  const rows = await stage.database.selectFrom("projects").select("id").orderBy("id").limit(2).execute();
  projects = rows.map(({ id }) => ({ id, role: "consumer" }));
  const input = { name: "moved", purpose: "", role: "consumer", expiresAt: null, neverReason: "a test" } as const;
  const { account } = await createServiceAccount({
    context: stage.as(administrator),
    input: { ...input, projects: [] },
    idempotencyKey: stage.newKey(),
  });
  accountIds = [account.id];
  before = (await stage.control.ledger()).length;
});
afterEach(() => stage.close());

/** A console that dies as soon as Mixpanel's yes is written down, before it has read the project again. */
const dying = () =>
  stage.as(manager, {
    crashPoint: (point) => {
      if (point === "after_outcome") throw new Error("died");
    },
  });
const request = (context = stage.as(manager)) => ({ context, idempotencyKey: stage.newKey() });
const assign = (context = stage.as(manager)) =>
  assignMemberships({ ...request(context), input: { accountIds, projects } });
const remove = (context = stage.as(manager)) =>
  removeMemberships({ ...request(context), input: { accountIds, projectIds: projects.map(({ id }) => id) } });
const sent = async () => (await stage.control.ledger()).length - before;
const outcomes = async (call: ReturnType<typeof assign>) => (await call).results.map(({ outcome }) => outcome).sort();

it("what a console that died had assigned is read back first, and not sent again", async () => {
  await assign(dying());
  expect(await outcomes(assign())).toEqual(["already", "already"]);
  expect(await sent()).toBe(projects.length);
  await expectPromisesKept(stage, before + projects.length);
});

it("what it had taken away is not taken away twice", async () => {
  await assign();
  await remove(dying());
  expect(await outcomes(remove())).toEqual(["already", "already"]);
  expect(await sent()).toBe(2 * projects.length);
  await expectPromisesKept(stage, before + 2 * projects.length);
});

it("a project that cannot be read at that moment does not keep anything from being done", async () => {
  await assign(dying());
  await stage.control.fault({ method: "GET", fault: { kind: "html", status: 200 } });
  const { results } = await assign();
  expect(results.map(({ outcome }) => outcome)).toEqual(["done", "done"]);
  expect(results[0]?.message).toMatch(/reading it back failed/);
  expect(await sent()).toBe(2 * projects.length);
});

it("changes in other projects are left for their own turn", async () => {
  const [first, second] = projects;
  await assignMemberships({ ...request(dying()), input: { accountIds, projects: [first!] } });
  const held = () =>
    stage.database.selectFrom("memberships").select("project_id").where("account_id", "in", accountIds);
  await assignMemberships({ ...request(), input: { accountIds, projects: [second!] } });
  expect(await held().execute()).toEqual([{ project_id: second!.id }]);
  expect(await outcomes(assign())).toEqual(["already", "already"]);
});
