import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { inTransaction } from "@/lib/db/in-transaction";
import { auditQuerySchema } from "@/lib/domain/list-query";
import { listAuditEvents } from "@/lib/services/audit/list";
import { assignMemberships } from "@/lib/services/memberships/assign";
import { getOverview } from "@/lib/services/overview/get-overview";
import { createServiceAccount } from "@/lib/services/service-accounts/create";
import { deleteServiceAccounts } from "@/lib/services/service-accounts/delete";
import { administrator, openStage, type Stage } from "@/lib/services/testing/stage";
import { DRIFT_EVENTS_MAX, recordDrift } from "./record-drift";
import { controlSimulator } from "./testing/simulator-control";

const input = { purpose: "", role: "consumer", expiresAt: null, neverReason: "a test", projects: [] } as const;
let stage: Stage;
let elsewhere: ReturnType<typeof controlSimulator>;
let accountsPath: string;

beforeEach(async () => {
  stage = await openStage();
  elsewhere = controlSimulator(stage.simulator.url, stage.simulator.owner);
  accountsPath = `/organizations/${stage.simulator.organizationId}/service-accounts`;
});
afterEach(() => stage.close());

async function seen() {
  const query = auditQuerySchema.parse({ outcome: "seen", size: 250 });
  const { rows } = await listAuditEvents({ context: stage.as(administrator), input: query });
  return rows.reverse();
}

const projectNamed = (index: number) =>
  stage.database
    .selectFrom("projects")
    .select(["id", "name"])
    .orderBy("id")
    .offset(index)
    .limit(1)
    .executeTakeFirstOrThrow();

/** An account nobody would miss, made and deleted behind Keywarden's back. */
async function makeElsewhere(name: string): Promise<void> {
  await elsewhere.api("POST", accountsPath, { username: name, role: "consumer", projects: [] });
}
const storedNamed = (name: string) =>
  stage.database.selectFrom("service_accounts").selectAll().where("name", "=", name).executeTakeFirstOrThrow();

describe("What changes at Mixpanel without Keywarden", () => {
  test("is nothing at the first sync and after one in between", async () => {
    expect(await stage.sync()).toBe("replaced");
    expect(await seen()).toEqual([]);
  });

  test("is recorded with when it can have happened and who made it", async () => {
    await makeElsewhere("made-in-mixpanel");
    await stage.advance(600);
    await stage.sync();
    const { id } = await storedNamed("made-in-mixpanel");
    expect(await seen()).toMatchObject([
      {
        action: "drift.created",
        actorName: "Mixpanel",
        actorRole: "system",
        targetId: String(id),
        targetName: "made-in-mixpanel",
        detail: { after: "2026-11-23T12:00:00.000Z", before: "2026-11-23T12:10:00.000Z", by: expect.any(String) },
      },
    ]);
  });

  test("an account's access and its end are told apart", async () => {
    await makeElsewhere("wanders");
    await stage.sync();
    const { id } = await storedNamed("wanders");
    const project = await projectNamed(1);
    await elsewhere.api("POST", `${accountsPath}/add-to-project`, {
      service_account_ids: [id],
      projects: [{ id: project.id, role: "analyst" }],
    });
    await stage.sync();
    await elsewhere.api("DELETE", `${accountsPath}/${id}`);
    await stage.sync();
    const [, access, deleted, ...more] = await seen();
    expect(access).toMatchObject({ action: "drift.access", detail: { access: [`${project.name}: none → analyst`] } });
    expect(deleted).toMatchObject({ action: "drift.deleted", targetName: "wanders" });
    expect(more).toEqual([]);
  });

  test("never holds what was done here, whatever the next sync finds of it", async () => {
    const context = stage.as(administrator);
    const project = await projectNamed(0);
    const { account } = await createServiceAccount({
      context,
      input: { ...input, name: "made-here", projects: [] },
      idempotencyKey: stage.newKey(),
    });
    await assignMemberships({
      context,
      input: { accountIds: [account.id], projects: [{ id: project.id, role: "analyst" }] },
      idempotencyKey: stage.newKey(),
    });
    // As after a crash before the re-read: the stored picture knows nothing of the membership yet.
    await stage.database.deleteFrom("memberships").where("account_id", "=", account.id).execute();
    await stage.sync();
    await deleteServiceAccounts({
      context,
      input: { accountIds: [account.id], confirmation: "" },
      idempotencyKey: stage.newKey(),
    });
    await stage.sync();
    expect(await seen()).toEqual([]);
  });

  test("a create whose answer was lost is not taken for somebody else's", async () => {
    await stage.control.fault({ method: "POST", path: accountsPath, times: 1, fault: { kind: "reset-after-commit" } });
    await createServiceAccount({
      context: stage.as(administrator),
      input: { ...input, name: "lost-here", projects: [] },
      idempotencyKey: stage.newKey(),
    }).catch(() => undefined);
    await stage.sync();
    expect(await seen()).toEqual([]);
  });

  test("an organization's role is one change, in however many projects it shows", async () => {
    await elsewhere.api("POST", accountsPath, { username: "strong", role: "admin", projects: [] });
    await stage.sync();
    const [event] = await seen();
    expect(event?.detail).toMatchObject({ access: ["the whole organization: none → admin"] });
  });

  test("many at once are one event that counts and names the first", async () => {
    const { id: _, ...account } = await storedNamed("keywarden");
    const drift = Array.from({ length: DRIFT_EVENTS_MAX + 1 }, (_unused, index) => ({
      kind: "deleted" as const,
      account: { ...account, id: 900_000 + index, name: `gone-${index}` },
    }));
    const { key: organizationKey } = stage.organization;
    await inTransaction(stage.database, (transaction) =>
      recordDrift(transaction, stage.app, { organizationKey, drift, at: stage.now().toISOString() }),
    );
    const events = await seen();
    expect(events).toMatchObject([{ action: "drift.many", targetKind: "organization" }]);
    expect(events[0]?.detail.deleted).toMatch(/^201: gone-0, gone-1, .*gone-9, …$/);
  });

  test("the overview shows the latest of them", async () => {
    await makeElsewhere("made-in-mixpanel");
    await stage.sync();
    const { drift } = await getOverview(stage.as(administrator));
    expect(drift).toMatchObject({ events: 1, latest: [{ targetName: "made-in-mixpanel" }] });
  });
});
