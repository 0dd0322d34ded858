import { setTimeout as wait } from "node:timers/promises";
import type { Stack } from "@/e2e/stack";
import { upstreamOf } from "@/e2e/upstream";
import { batchAnswerSchema, createdAnswerSchema } from "@/lib/domain/change";
import { expiryAfterDays } from "@/lib/domain/expiry-preset";
import { syncViewSchema } from "@/lib/domain/inventory-view";
import { organizationAnswerSchema } from "@/lib/domain/organization-credential";
import { issuedAnswerSchema } from "@/lib/domain/rotation-view";
import { api, pages } from "@/lib/paths/paths";
import type { Recording } from "./recorded-walk";

export const CONTROL_NAME = "canary-control";

/** Everything in which a secret takes part, as an administrator does it, with each way in which it can go wrong. */
export async function walk(stack: Stack, recording: Recording, cookie: string): Promise<void> {
  const [first, second] = stack.organizations;
  if (!first || !second) throw new Error("The walk needs two organizations.");
  const { key } = first;
  const get = (path: string, expected = 200) => recording.call({ cookie, method: "GET", path, expected });
  const post = (path: string, input: unknown, expected = 200) =>
    recording.call({ cookie, method: "POST", path, input, expected });
  await synced(stack, recording, cookie, key);
  const [project, other] = await upstreamOf(first).projects();
  const expiresAt = expiryAfterDays(90, new Date());
  const create = async (name: string, more: object = {}) =>
    createdAnswerSchema.parse(await post(api.serviceAccounts(key), { name, expiresAt, ...more }, 201));

  const confirmed = await create(CONTROL_NAME, { projects: [{ id: project?.id, role: "analyst" }] });
  await post(api.trySecret(key, confirmed.operationId), {});
  await post(api.secret(key, confirmed.operationId), {});
  await post(api.confirmSecret(key, confirmed.operationId), {});
  await post(api.secret(key, confirmed.operationId), {}, 410);
  const open = await create("canary-still-open");
  const ids = [confirmed.account.id, open.account.id];
  const grants = [{ id: other?.id, role: "consumer" }];
  batchAnswerSchema.parse(await post(api.memberships(key), { accountIds: ids, projects: grants }));
  await post(api.membershipRemovals(key), { accountIds: ids, projectIds: [other?.id] });

  for (const fault of ["reset-after-commit", "reset-before", "invalid-json"] as const) {
    await stack.simulator.fault({ method: "POST", times: 1, fault: { kind: fault } });
    await post(api.serviceAccounts(key), { name: `canary-${fault}`, expiresAt }, 502);
  }
  for (const status of [400, 401, 403, 429, 500]) {
    const body = { status: "error", error: `Refused: ${first.owner.username}:${first.owner.secret}` };
    await stack.simulator.fault({ method: "POST", times: 1, fault: { kind: "status", status, body } });
    await recording.call({
      cookie,
      method: "POST",
      path: api.serviceAccounts(key),
      input: { name: `canary-${status}`, expiresAt },
      expected: expectedFor[status] ?? 502,
    });
  }
  await stack.simulator.clearFaults();
  await post(api.serviceAccounts(key), { name: first.owner.secret.repeat(4), expiresAt: "never" }, 400);
  await organizations(stack, recording, cookie);
  await rotations(recording, cookie, key, [confirmed.account.id, (await create("canary-leaks")).account.id]);

  await post(api.deletions(key), { accountIds: [open.account.id], confirmation: "canary-still-open" });
  await synced(stack, recording, cookie, key);
  const reads = [
    ...[api.operator, api.organizations, api.operators, api.auditVerification, api.overview(key), api.operations(key)],
    ...[api.serviceAccounts(key), api.serviceAccountsExport(key), api.projects(key), api.credential(key)],
    ...[api.auditEvents(key), api.auditExport(key), `${api.auditExport(key)}?format=ndjson`],
    ...[pages.settings, pages.organizations, pages.overview(key), pages.serviceAccounts(key), pages.auditLog(key)],
    ...[pages.unfinished(key), pages.createServiceAccount(key), pages.serviceAccount(key, confirmed.account.id)],
  ];
  for (const path of reads) await get(path);
  await get(api.operation(key, open.operationId));
  // A second account stays sealed in the database while it is searched.
  await create("canary-left-sealed");
}

const expectedFor: Record<number, number> = { 400: 422, 401: 502, 403: 502, 429: 503, 500: 502 };

/** A replacement that is issued, asked for again and cancelled; one for a secret that leaked. */
async function rotations(recording: Recording, cookie: string, key: string, [rotated, leaked]: number[]) {
  const post = async (path: string, input: unknown, expected = 200) =>
    issuedAnswerSchema.parse(await recording.call({ cookie, method: "POST", path, input, expected }));
  const { rotation } = await post(api.rotations(key), { accountId: rotated }, 201);
  await post(api.rotationStep(key, rotation.id, "reissue"), { confirmation: rotation.replacement.name });
  await post(api.breakGlass(key), { accountId: leaked, confirmation: "canary-leaks" });
  for (const path of [pages.rotations(key), pages.rotation(key, rotation.id), api.rotation(key, rotation.id)]) {
    await recording.call({ cookie, method: "GET", path, expected: 200 });
  }
}

/** Credentials as somebody pastes them: wrong, of a project only, right, replaced, rotated, pasted into the wrong field. */
async function organizations(stack: Stack, recording: Recording, cookie: string): Promise<void> {
  const [first, second] = stack.organizations;
  if (!first || !second) throw new Error("The walk needs two organizations.");
  const post = (path: string, input: unknown, expected = 200) =>
    recording.call({ cookie, method: "POST", path, input, expected });
  const { owner, admin, project } = second;
  await post(api.organizations, { username: owner.username, secret: `${owner.secret}-not-quite` }, 422);
  await post(api.organizations, { username: owner.secret, secret: owner.username }, 422);
  await post(api.organizations, { username: `${owner.username}:${owner.secret}`, secret: "" }, 400);
  await post(api.organizations, project, 422);
  await post(api.organizationPreview, owner);
  const added = organizationAnswerSchema.parse(await post(api.organizations, admin, 201));
  await post(api.credential(added.key), project, 422);
  await post(api.credential(added.key), owner);
  await post(api.credential(first.key), owner, 409);
  const get = (path: string) => recording.call({ cookie, method: "GET", path, expected: 200 });
  await synced(stack, recording, cookie, added.key);
  await post(api.credentialRotation(added.key), { rotationId: null, days: 90 });
  await get(api.credential(added.key));
}

async function synced(stack: Stack, recording: Recording, cookie: string, key: string): Promise<void> {
  const path = api.sync(key);
  await recording.call({ cookie, method: "POST", path, input: {}, expected: 200 });
  let state: unknown;
  for (let attempt = 0; attempt < 150; attempt += 1) {
    state = await recording.call({ cookie, method: "GET", path, expected: 200 });
    const { running, asOf } = syncViewSchema.parse(state);
    if (!running && asOf !== null) return;
    await wait(200);
  }
  throw new Error(`${stack.url} did not finish reading organization ${key}: ${JSON.stringify(state)}`);
}
