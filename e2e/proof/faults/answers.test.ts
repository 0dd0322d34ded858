import { describe, expect, test } from "vitest";
import { batchAnswerSchema, createdAnswerSchema, operationsAnswerSchema } from "@/lib/domain/change";
import { accountDetailSchema } from "@/lib/domain/inventory-view";
import { api } from "@/lib/paths/paths";
import { create, created, creation, errorOf, listed, standWith } from "./fault-test";

const stand = standWith();
const accountsPath = () => `/organizations/${stand.proof.key}/service-accounts`;
const projectIds = async () => (await stand.proof.upstream.projects()).map(({ id }) => id);
const operations = async () => {
  const answer = await stand.manager.get(api.operations(stand.proof.key));
  return operationsAnswerSchema.parse(answer.body).operations;
};
const signedIn = async () => (await stand.administrator.get(api.operator)).status;

describe("what Mixpanel answers", () => {
  test.each([
    ["F1 401", 401, "upstream_credential_rejected", /rejected the credential/],
    ["F2 403", 403, "upstream_not_permitted", /signs in but is not an owner or admin/],
  ] as const)(
    "%s is told as ours, never as a sign-out, and the last inventory stays",
    async (_, status, code, title) => {
      const { proof, administrator, manager } = stand;
      const before = await listed(stand);
      await proof.control.fault({ fault: { kind: "status", status } });
      const view = await proof.sync(administrator);
      expect(view.problem).toMatchObject({ code, title: expect.stringMatching(title) });
      const during = await listed(stand);
      expect(during.rows).toEqual(before.rows);
      expect(during.sync.asOf).toBe(before.sync.asOf);
      const answer = await create(stand, manager, `refused-${status}`);
      expect(answer.status).toBe(502);
      expect(errorOf(answer)).toMatchObject({ code, upstreamStatus: status });
      expect(await signedIn()).toBe(200);
      await proof.control.clearFaults();
      expect((await proof.sync(administrator)).problem).toBeNull();
    },
  );

  test("F3 404 on a read says that it no longer exists; on delete it is done already", async () => {
    const { proof, administrator, manager } = stand;
    const { account } = await created(stand, "absent");
    const other = await created(stand, "absent-too");
    await proof.elsewhere(() => proof.upstream.delete(account.id));
    const deletion = await manager.post(api.deletions(proof.key), { accountIds: [account.id], confirmation: "" });
    proof.intended += 1;
    expect(deletion.status).toBe(200);
    expect(batchAnswerSchema.parse(deletion.body).results).toMatchObject([
      { outcome: "done", message: "It was already absent at Mixpanel." },
    ]);
    await proof.elsewhere(() => proof.upstream.delete(other.account.id));
    await proof.sync(administrator);
    const detail = await manager.get(api.serviceAccount(proof.key, other.account.id));
    expect(detail.status).toBe(404);
    const [projectId = 0] = await projectIds();
    const answer = await manager.post(api.memberships(proof.key), {
      accountIds: [other.account.id],
      projects: [{ id: projectId, role: "consumer" }],
    });
    expect([answer.status, errorOf(answer)]).toMatchObject([404, { title: "It no longer exists at Mixpanel." }]);
  });

  test.each([400, 409])("F4 %d carries Mixpanel's own reason to the form", async (status) => {
    const { proof, manager } = stand;
    const reason = `The name is reserved (${status}).`;
    await proof.control.fault({
      method: "POST",
      fault: { kind: "status", status, body: { status: "error", error: reason } },
    });
    const answer = await create(stand, manager, "reserved");
    expect(answer.status).toBe(422);
    expect(errorOf(answer)).toMatchObject({ code: "upstream_refused", reason, upstreamStatus: status });
  });

  test.each([
    ["seconds", "7", 7],
    ["a date", () => new Date(Date.now() + 60_000).toUTCString(), 60],
    ["junk", "soon", null],
    ["a day", "86400", 86_400],
    ["more than a day", "9999999", 86_400],
  ] as const)("F5 429 with Retry-After as %s changes nothing and says when to try again", async (_, given, seconds) => {
    const { proof, administrator, manager } = stand;
    const retryAfter = typeof given === "string" ? given : given();
    await proof.control.fault({ fault: { kind: "status", status: 429, headers: { "Retry-After": retryAfter } } });
    const answer = await create(stand, manager, "slow-down");
    expect(answer.status).toBe(503);
    const { code, retryAt } = errorOf(answer);
    expect(code).toBe("upstream_rate_limited");
    const wait = typeof retryAt === "string" ? (Date.parse(retryAt) - Date.now()) / 1_000 : null;
    if (seconds === null) expect(wait).toBeNull();
    else expect(Math.abs((wait ?? 0) - seconds)).toBeLessThan(5);
    if (seconds === 60) return;
    const before = await listed(stand);
    const view = await proof.sync(administrator);
    expect(view.problem).toMatchObject({ code: "upstream_rate_limited", retryAt: expect.any(String) });
    expect((await listed(stand)).rows).toEqual(before.rows);
  });

  test("F7 5xx on a write leaves the outcome open, then tells what a reading shows", async () => {
    const { proof, manager, administrator } = stand;
    const { account } = await created(stand, "steady");
    await proof.control.fault({ method: "POST", fault: { kind: "status", status: 503 } });
    const answer = await create(stand, manager, "in-doubt");
    expect([answer.status, errorOf(answer)]).toMatchObject([502, { code: "outcome_unknown" }]);
    const [projectId = 0] = await projectIds();
    const assignment = { accountIds: [account.id], projects: [{ id: projectId, role: "consumer" }] };
    const assigned = await manager.post(api.memberships(proof.key), assignment);
    proof.intended += 1;
    expect(batchAnswerSchema.parse(assigned.body).results).toMatchObject([{ outcome: "unknown" }]);
    await proof.control.clearFaults();
    await proof.settle(administrator);
    const told = (await operations()).filter(({ outcome }) => outcome === "did_not_happen");
    expect(told.map(({ accountName }) => accountName)).toEqual(expect.arrayContaining(["in-doubt", "steady"]));
    expect(told[0]?.known).toMatch(/Nothing was changed; it can be tried again/);
  });

  test("F12 a create whose answer is lost is found again, and offered to be deleted and created again", async () => {
    const { proof, manager } = stand;
    await proof.control.fault({ method: "POST", times: 1, fault: { kind: "reset-after-commit" } });
    const answer = await create(stand, manager, "lost-answer", undefined, { purpose: "to be kept" });
    expect([answer.status, errorOf(answer)]).toMatchObject([
      502,
      { code: "outcome_unknown", reason: expect.stringContaining("its secret was lost") },
    ]);
    const found = (await operations()).find(({ accountName }) => accountName === "lost-answer");
    expect(found).toMatchObject({
      nextStep: "delete_and_create_again",
      input: { name: "lost-answer", purpose: "to be kept" },
    });
    const deleted = await manager.post(api.deletions(proof.key), { accountIds: [found?.accountId], confirmation: "" });
    proof.intended += 1;
    expect(batchAnswerSchema.parse(deleted.body).results).toMatchObject([{ outcome: "done" }]);
    proof.intended += 1;
    const again = await manager.post(api.serviceAccounts(proof.key), found?.input);
    expect(again.status).toBe(201);
    expect(createdAnswerSchema.parse(again.body).secret).toMatch(/^\w{32}$/);
  });

  test("F13 k of n memberships changed: a result per project, and the rest is offered and finished", async () => {
    const { proof, manager } = stand;
    const { account } = await created(stand, "partly");
    const chosen = (await projectIds()).slice(0, 3);
    const send = (input: unknown) => manager.post(api.memberships(proof.key), input);
    const path = `${accountsPath()}/add-to-project`;
    // One project is refused outright, another one only pretends: Mixpanel says "ok" and does nothing.
    await proof.control.fault({ method: "POST", path, times: 1, fault: { kind: "status", status: 429 } });
    await proof.control.fault({
      method: "POST",
      path,
      times: 1,
      fault: { kind: "status", status: 200, body: { status: "ok" } },
    });
    const projects = chosen.map((id) => ({ id, role: "analyst" }));
    const first = batchAnswerSchema.parse((await send({ accountIds: [account.id], projects })).body);
    proof.intended += 3;
    expect(first.results.map(({ outcome }) => outcome).toSorted()).toEqual(["done", "failed", "failed"]);
    const left = (await operations()).filter(
      ({ accountName, nextStep }) => accountName === "partly" && nextStep !== "none",
    );
    expect(
      left
        .map(({ nextStep }) => nextStep)
        .filter((step) => step !== "open_secret")
        .toSorted(),
    ).toEqual(["finish_the_rest", "retry"]);
    for (const { nextStep, input } of left) {
      if (nextStep === "open_secret") continue;
      proof.intended += 1;
      const rest = batchAnswerSchema.parse((await send(input)).body);
      expect(rest.results).toMatchObject([{ outcome: "done", role: "analyst" }]);
    }
    const detail = accountDetailSchema.parse((await manager.get(api.serviceAccount(proof.key, account.id))).body);
    expect(detail.memberships.map(({ projectId }) => projectId).toSorted()).toEqual(chosen.toSorted());
    expect(await proof.ledger()).toSatisfy((ledger: unknown[]) => ledger.length <= proof.intended);
  });
});

test("F4 what the form itself can tell is refused before anything is sent", async () => {
  const { proof, manager } = stand;
  const before = (await proof.ledger()).length;
  for (const input of [
    creation(""),
    creation("x".repeat(300)),
    creation("<b>bold</b>"),
    creation("past", { expiresAt: "2001-01-01T00:00:00.000Z" }),
  ]) {
    const answer = await manager.post(api.serviceAccounts(proof.key), input);
    expect([answer.status, errorOf(answer)]).toMatchObject([400, { code: "bad_request", fields: expect.any(Object) }]);
  }
  expect(await proof.ledger()).toHaveLength(before);
});
