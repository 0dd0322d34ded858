import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { insertRotation, updateRotation } from "@/lib/db/credential-rotations";
import { insertChannel, listChannels } from "@/lib/db/notification-channels";
import { upsertOperator } from "@/lib/db/operators";
import { insertCredential } from "@/lib/db/organization-credentials";
import { saveConfiguredOrganization } from "@/lib/db/organizations";
import { findOpenableSecret, insertSealedSecret } from "@/lib/db/sealed-secrets";
import { findActiveSession, insertSession } from "@/lib/db/sessions";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import { assertKeyOpens, WrongSealingKeyError } from "./assert-key-opens";
import {
  createdSecretBinding,
  notificationChannelBinding,
  organizationCredentialBinding,
  refreshTokenBinding,
} from "./bindings";
import { resealAll } from "./reseal";
import { createSealer, type Sealer } from "./seal";

const [firstKey, secondKey] = [randomBytes(32), randomBytes(32)];
const first = createSealer({ key: firstKey });
const both = createSealer({ key: secondKey, previousKeys: [firstKey] });
const second = createSealer({ key: secondKey });
const now = new Date("2026-05-01T10:00:00.000Z");
const at = now.toISOString();
const later = "2026-05-01T10:10:00.000Z";

let opened: TestDatabase;
beforeEach(async () => {
  opened = await openTestDatabase();
  await upsertOperator(opened.database, () => "op", {
    issuer: "i",
    subject: "s",
    name: "Ada",
    email: null,
    role: "manager",
    last_sign_in_at: at,
  });
});
afterEach(() => opened.close());

async function addSecret(sealer: Sealer, id: string): Promise<void> {
  const nothing = { outcome: null, project_id: null, project_name: null, result: null, error_code: null };
  const rest = {
    error_reason: null,
    upstream_status: null,
    upstream_reference: null,
    sent_at: null,
    finished_at: null,
  };
  const kind = { kind: "create", state: "succeeded", batch_id: "b", input: "{}", before_state: "{}" };
  const actor = { actor_id: "op", actor_name: "Ada", account_id: 1, account_name: "x", prepared_at: at };
  await opened.database
    .insertInto("operations")
    .values({ id, organization_key: "one", ...kind, ...actor, ...nothing, ...rest })
    .execute();
  await insertSealedSecret(opened.database, {
    operation_id: id,
    organization_key: "one",
    operator_id: "op",
    key_id: sealer.keyId,
    sealed: await sealer.seal(`secret of ${id}`, createdSecretBinding("one", id)),
    created_at: at,
    expires_at: later,
  });
}

async function addSession(sealer: Sealer | null, id: string): Promise<void> {
  const times = { created_at: at, seen_at: at, authenticated_at: at, groups_checked_at: at };
  const sealed = sealer && (await sealer.seal(`token of ${id}`, refreshTokenBinding(id)));
  const session = { id_hash: id, operator_id: "op", role: "manager", address: null, sealed_refresh_token: sealed };
  await insertSession(opened.database, { ...session, ...times });
}

async function addCredentials(sealer: Sealer): Promise<void> {
  const { database } = opened;
  const seal = (id: string, text: string) => sealer.seal(text, organizationCredentialBinding("one", id));
  const place = { region: "us", name: "One", username: "keywarden" };
  await saveConfiguredOrganization(database, {
    key: "one",
    mixpanelId: 1,
    region: "us",
    credentialUsername: "keywarden",
  });
  await insertCredential(database, {
    organization_key: "one",
    mixpanel_id: 1,
    ...place,
    credential_id: "c1",
    sealed: await seal("c1", "in use"),
    key_id: sealer.keyId,
    added_by: "Ada",
    added_at: at,
    replaced_by: null,
    replaced_at: null,
  });
  await insertRotation(database, {
    id: "r",
    organization_key: "one",
    role: "owner",
    expires_at: later,
    predecessor_username: "keywarden",
    predecessor_account_id: 1,
    replacement_credential_id: "c2",
    started_by: "Ada",
    started_at: at,
  });
  const replacement = { step: "verify", sealed: await seal("c2", "to come"), key_id: sealer.keyId };
  await updateRotation(database, { id: "r", step: "issue" }, replacement);
}

async function addChannel(sealer: Sealer): Promise<void> {
  await insertChannel(opened.database, {
    id: "ch",
    organization_key: "one",
    kind: "webhook",
    settings: "{}",
    mail: null,
    host: "alerts.example.com",
    sealed: await sealer.seal("where to", notificationChannelBinding("one", "ch")),
    key_id: sealer.keyId,
    version: 1,
    failing_since: null,
    last_delivered_at: null,
    created_by: "Ada",
    created_at: at,
    updated_by: "Ada",
    updated_at: at,
  });
}

async function openAll(sealer: Sealer): Promise<string[]> {
  const secret = await findOpenableSecret(opened.database, { operationId: "o1", operatorId: "op", now: at });
  const limits = { seenAfter: "2026-05-01T09:00:00.000Z", createdAfter: "2026-05-01T09:00:00.000Z" };
  const session = await findActiveSession(opened.database, "s1", limits);
  return [
    await sealer.open(secret?.sealed ?? "", createdSecretBinding("one", "o1")),
    await sealer.open(session?.sealed_refresh_token ?? "", refreshTokenBinding("s1")),
  ];
}

describe("assertKeyOpens", () => {
  test("lets the key of the first start in again, and no other", async () => {
    const { database } = opened;
    await assertKeyOpens(database, first, now);
    await assertKeyOpens(database, first, now);
    await expect(assertKeyOpens(database, second, now)).rejects.toThrow(WrongSealingKeyError);
    await expect(assertKeyOpens(database, second, now)).rejects.toThrow(`key ${first.keyId}`);
    await assertKeyOpens(database, both, now);
  });

  test("three replicas of a new installation agree on one key", async () => {
    const handles = [opened.database, await opened.again(), await opened.again()];
    const sealers = [first, first, second];
    const starts = handles.map((handle, index) => assertKeyOpens(handle, sealers[index]!, now));
    const refused = (await Promise.allSettled(starts)).filter((start) => start.status === "rejected");
    expect([1, 2]).toContain(refused.length);
  });

  test("a database that cannot be asked is not taken for a wrong key", async () => {
    const { database } = opened;
    await assertKeyOpens(database, first, now);
    const failing = { ...first, open: () => Promise.reject(new Error("out of memory")) };
    await expect(assertKeyOpens(database, failing, now)).rejects.toThrow("out of memory");
  });
});

describe("resealAll", () => {
  test("addresses of channels are sealed anew, each for its own row", async () => {
    const { database } = opened;
    await assertKeyOpens(database, first, now);
    await addChannel(first);
    expect(await resealAll(database, both, now)).toEqual({ resealed: 1, current: 0, unopened: 0 });
    const [channel] = await listChannels(database, "one");
    expect(await second.open(channel?.sealed ?? "", notificationChannelBinding("one", "ch"))).toBe("where to");
    await expect(second.open(channel?.sealed ?? "", notificationChannelBinding("two", "ch"))).rejects.toThrow();
    expect(channel?.key_id).toBe(second.keyId);
  });

  test("after it, everything opens with the new key alone, and the old one no longer starts", async () => {
    const { database } = opened;
    await assertKeyOpens(database, first, now);
    await addSecret(first, "o1");
    await addSession(first, "s1");
    await addSession(null, "s2");
    expect(await resealAll(database, both, now)).toEqual({ resealed: 2, current: 0, unopened: 0 });
    expect(await openAll(second)).toEqual(["secret of o1", "token of s1"]);
    const row = await database.selectFrom("sealed_secrets").select("key_id").executeTakeFirstOrThrow();
    expect(row.key_id).toBe(second.keyId);
    await assertKeyOpens(database, second, now);
    await expect(assertKeyOpens(database, first, now)).rejects.toThrow(WrongSealingKeyError);
    expect(await resealAll(database, second, now)).toEqual({ resealed: 0, current: 2, unopened: 0 });
  });

  test("reaches organizations' credentials, the one in use and the replacement that is about to be", async () => {
    const { database } = opened;
    await assertKeyOpens(database, first, now);
    await addCredentials(first);
    expect(await resealAll(database, both, now)).toEqual({ resealed: 2, current: 0, unopened: 0 });
    const kept = await database.selectFrom("organization_credentials").selectAll().executeTakeFirstOrThrow();
    const rotation = await database.selectFrom("credential_rotations").selectAll().executeTakeFirstOrThrow();
    expect(await second.open(kept.sealed, organizationCredentialBinding("one", "c1"))).toBe("in use");
    expect(await second.open(rotation.sealed ?? "", organizationCredentialBinding("one", "c2"))).toBe("to come");
    expect([kept.key_id, rotation.key_id]).toEqual([second.keyId, second.keyId]);
    await database
      .updateTable("organization_credentials")
      .set({ sealed: rotation.sealed ?? "" })
      .execute();
    expect(await resealAll(database, second, now)).toEqual({ resealed: 0, current: 2, unopened: 0 });
    await expect(second.open(rotation.sealed ?? "", organizationCredentialBinding("one", "c1"))).rejects.toThrow();
  });

  test("goes on after it was stopped half-way", async () => {
    const { database } = opened;
    await assertKeyOpens(database, first, now);
    await addSecret(both, "o1");
    await addSession(first, "s1");
    expect(await resealAll(database, both, now)).toEqual({ resealed: 1, current: 1, unopened: 0 });
    expect(await openAll(second)).toEqual(["secret of o1", "token of s1"]);
  });

  test("says what it could not open, and then keeps the old key needed", async () => {
    const { database } = opened;
    await assertKeyOpens(database, first, now);
    const lost = createSealer({ key: randomBytes(32) });
    await addSecret(lost, "o1");
    await addSession(first, "s1");
    expect(await resealAll(database, both, now)).toEqual({ resealed: 1, current: 0, unopened: 1 });
    await assertKeyOpens(database, first, now);
  });

  test("swapped rows stay closed", async () => {
    const { database } = opened;
    await assertKeyOpens(database, first, now);
    await addSecret(first, "o1");
    await addSecret(first, "o2");
    const rows = await database.selectFrom("sealed_secrets").select(["operation_id", "sealed"]).execute();
    const [one, two] = [rows[0]!, rows[1]!];
    await database
      .updateTable("sealed_secrets")
      .set({ sealed: two.sealed })
      .where("operation_id", "=", one.operation_id)
      .execute();
    await database
      .updateTable("sealed_secrets")
      .set({ sealed: one.sealed })
      .where("operation_id", "=", two.operation_id)
      .execute();
    expect(await resealAll(database, both, now)).toEqual({ resealed: 0, current: 0, unopened: 2 });
  });

  test("a failure that is not the text's is not hidden", async () => {
    await assertKeyOpens(opened.database, first, now);
    await addSession(first, "s1");
    const failing = { ...both, seal: () => Promise.reject(new Error("out of memory")) };
    await expect(resealAll(opened.database, failing, now)).rejects.toThrow("out of memory");
  });
});
