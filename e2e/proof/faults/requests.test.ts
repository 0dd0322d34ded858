import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { batchAnswerSchema, createdAnswerSchema, operationViewSchema, tryAnswerSchema } from "@/lib/domain/change";
import { accountDetailSchema } from "@/lib/domain/inventory-view";
import { api } from "@/lib/paths/paths";
import { create, created, creation, errorOf, standWith } from "./fault-test";

const stand = standWith();
const PARALLEL = 50;
const projectIds = async () => (await stand.proof.upstream.projects()).map(({ id }) => id);

test("F14 fifty parallel requests with one key, then a refresh, make one change: create, assign, remove, delete", async () => {
  const { proof, administrator, manager } = stand;
  const [projectId = 0] = await projectIds();
  const count = async () => (await proof.ledger()).length;
  const fiftyTimes = async (send: (key: string) => Promise<{ status: number; body: unknown }>) => {
    const before = await count();
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: PARALLEL }, () => send(key)));
    answers.push(await send(key));
    const [first] = answers;
    for (const answer of answers) expect(answer).toMatchObject({ status: first?.status, body: first?.body });
    proof.intended += 1;
    expect(await count()).toBe(before + 1);
    return first;
  };
  const send = (operator: typeof manager, path: string, body: unknown) => async (key: string) => {
    const { status, body: answer } = await operator.post(path, body, key);
    return { status, body: answer };
  };
  const made = await fiftyTimes(send(manager, api.serviceAccounts(proof.key), creation("clicked-fifty-times")));
  const { account, secret } = createdAnswerSchema.parse(made?.body);
  expect(secret).toMatch(/^\w{32}$/);
  const accountIds = [account.id];
  const projects = [{ id: projectId, role: "consumer" }];
  await fiftyTimes(send(administrator, api.memberships(proof.key), { accountIds, projects }));
  await fiftyTimes(send(manager, api.membershipRemovals(proof.key), { accountIds, projectIds: [projectId] }));
  const viaReplica = await proof.signIn("administrator");
  await fiftyTimes(send(viaReplica, api.deletions(proof.key), { accountIds, confirmation: "" }));
  const other = await manager.post(api.deletions(proof.key), { accountIds, confirmation: "" }, randomUUID());
  expect(batchAnswerSchema.parse(other.body).results).toMatchObject([{ outcome: "already" }]);
});

test("F14 one key for another request is refused, and another operator's same key is another request", async () => {
  const { proof, administrator, manager } = stand;
  const key = randomUUID();
  expect((await create(stand, manager, "first-use", key)).status).toBe(201);
  const conflict = await manager.post(api.serviceAccounts(proof.key), creation("second-use"), key);
  expect([conflict.status, errorOf(conflict)]).toMatchObject([409, { code: "idempotency_conflict" }]);
  expect((await create(stand, administrator, "theirs", key)).status).toBe(201);
});

test("F15 the second operator sees who is on the account, and a link to what they do", async () => {
  const { proof, administrator, manager } = stand;
  const { account } = await created(stand, "contended");
  const [one = 0, two = 0] = await projectIds();
  const path = `/organizations/${proof.key}/service-accounts/add-to-project`;
  await proof.control.fault({ method: "POST", path, times: 1, fault: { kind: "delay", ms: 3_000 } });
  const assign = (id: number) => ({ accountIds: [account.id], projects: [{ id, role: "consumer" }] });
  const first = manager.post(api.memberships(proof.key), assign(one));
  proof.intended += 1;
  const pending = async () =>
    accountDetailSchema.parse((await administrator.get(api.serviceAccount(proof.key, account.id))).body).pending;
  await expect
    .poll(pending, { timeout: 2_500 })
    .toMatchObject([{ kind: "assign", state: "sent", actorName: "Max Okafor" }]);
  const second = await administrator.post(api.memberships(proof.key), assign(two));
  expect(second.status).toBe(409);
  const { code, reason, operationId } = errorOf(second);
  expect(code).toBe("operation_in_progress");
  expect(reason).toMatch(/^Max Okafor is changing contended since \d\d:\d\d UTC/);
  const linked = await administrator.get(api.operation(proof.key, String(operationId)));
  expect(operationViewSchema.parse(linked.body)).toMatchObject({
    actorName: "Max Okafor",
    mine: false,
    kind: "assign",
  });
  expect(batchAnswerSchema.parse((await first).body).results).toMatchObject([{ outcome: "done" }]);
  proof.intended += 1;
  const later = await administrator.post(api.memberships(proof.key), assign(two));
  expect(batchAnswerSchema.parse(later.body).results).toMatchObject([{ outcome: "done" }]);
});

test("F16 Mixpanel's clock is the reference, a day ahead or behind, and a minute is no warning", async () => {
  const { proof, administrator, manager } = stand;
  const hours = (count: number) => ({
    expiresAt: new Date(Date.now() + count * 3_600_000).toISOString(),
    neverReason: "",
  });
  const clock = (seconds: number) => proof.control.clock({ now: new Date(Date.now() + seconds * 1_000).toISOString() });
  try {
    await clock(60);
    expect((await proof.sync(administrator)).clockSkewMs).toBeNull();
    await clock(86_400);
    const ahead = (await proof.sync(administrator)).clockSkewMs;
    expect(Math.abs((ahead ?? 0) - 86_400_000)).toBeLessThan(5_000);
    const past = await manager.post(api.serviceAccounts(proof.key), creation("past-there", hours(12)));
    expect([past.status, errorOf(past)]).toMatchObject([
      400,
      { fields: { expiresAt: expect.stringContaining("past") } },
    ]);
    expect((await create(stand, manager, "future-there", undefined, hours(36))).status).toBe(201);
    await proof.control.fault({ method: "POST", times: 1, fault: { kind: "reset-after-commit" } });
    expect(errorOf(await create(stand, manager, "lost-ahead"))).toMatchObject({
      reason: expect.stringContaining("secret was lost"),
    });
    await clock(-86_400);
    expect((await proof.sync(administrator)).clockSkewMs).toBeLessThan(-86_000_000);
    expect((await create(stand, manager, "past-here", undefined, hours(-12))).status).toBe(201);
    await proof.control.fault({ method: "POST", times: 1, fault: { kind: "reset-after-commit" } });
    expect(errorOf(await create(stand, manager, "lost-behind"))).toMatchObject({
      reason: expect.stringContaining("secret was lost"),
    });
  } finally {
    await clock(0);
    await proof.sync(administrator);
  }
});

test("F24 the session ends in a form: nothing is sent; after a sign-in the same key makes one change", async () => {
  const { proof } = stand;
  const leaving = await proof.signIn("manager");
  const key = randomUUID();
  const before = (await proof.ledger()).length;
  const long = new Date(Date.now() - 13 * 3_600_000).toISOString();
  await proof.database.updateTable("sessions").set({ created_at: long }).where("role", "=", "manager").execute();
  const refused = await leaving.post(api.serviceAccounts(proof.key), creation("typed-before"), key);
  expect([refused.status, errorOf(refused)]).toMatchObject([401, { code: "not_signed_in" }]);
  expect(await proof.ledger()).toHaveLength(before);
  stand.manager = await proof.signIn("manager");
  expect((await create(stand, stand.manager, "typed-before", key)).status).toBe(201);
  expect((await stand.manager.post(api.serviceAccounts(proof.key), creation("typed-before"), key)).status).toBe(201);
  expect(await proof.ledger()).toHaveLength(before + 1);
});

test("F25 the browser closed before the secret was copied: its operator opens it for ten minutes, each view on record; then it is gone", async () => {
  const { proof, administrator, manager } = stand;
  const { operationId, secret } = await created(stand, "closed-too-early");
  const views = async () =>
    (
      await proof.database
        .selectFrom("audit_events")
        .select("actor_name")
        .where("action", "=", "secret.view")
        .where("operation_id", "=", operationId)
        .execute()
    ).length;
  for (const seen of [1, 2]) {
    const opened = await manager.post(api.secret(proof.key, operationId));
    expect(createdAnswerSchema.parse(opened.body).secret).toBe(secret);
    expect(await views()).toBe(seen);
  }
  const other = await administrator.post(api.secret(proof.key, operationId));
  expect([other.status, errorOf(other)]).toMatchObject([403, { code: "not_permitted" }]);
  const tried = await manager.post(api.trySecret(proof.key, operationId));
  expect(tryAnswerSchema.parse(tried.body).works).toBe(true);
  const over = new Date(Date.now() - 1_000).toISOString();
  await proof.database.updateTable("sealed_secrets").set({ expires_at: over }).execute();
  const gone = await manager.post(api.secret(proof.key, operationId));
  expect([gone.status, errorOf(gone)]).toMatchObject([410, { code: "secret_gone" }]);
  expect(await views()).toBe(2);
  const sealed = async () =>
    (await proof.database.selectFrom("sealed_secrets").select("operation_id").execute()).length;
  for (let seconds = 0; seconds < 75 && (await sealed()) > 0; seconds += 1) await wait(1_000);
  expect(await sealed()).toBe(0);
  const view = operationViewSchema.parse((await manager.get(api.operation(proof.key, operationId))).body);
  expect(view).toMatchObject({ secretUntil: null, nextStep: "none" });
});
