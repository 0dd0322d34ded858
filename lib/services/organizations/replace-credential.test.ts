import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { credentialViewSchema } from "@/lib/domain/organization-credential";
import { readMe } from "@/lib/mixpanel/operations";
import { syncOrganization } from "@/lib/services/inventory/sync";
import { deleteServiceAccounts } from "@/lib/services/service-accounts/delete";
import { expectNoSecret } from "@/lib/services/testing/expect-no-secret";
import { failureOf } from "@/lib/services/testing/failure-of";
import { type Desk, openDesk } from "@/lib/services/testing/open-desk";
import { addOrganization } from "./add-organization";
import { viewCredential } from "./credential-view";
import { replaceCredential } from "./replace-credential";

let desk: Desk;
let key: string;
beforeEach(async () => {
  desk = await openDesk();
  const input = organizationAt(0).owner;
  key = (await addOrganization({ context: desk.here.request(), input, idempotencyKey: desk.newKey() })).key;
  await syncOrganization(await desk.here.inside(key));
});
afterEach(() => desk.close());

const organizationAt = (index: number) => desk.simulator.organizations[index] ?? expect.fail("no such organization");
const replace = async (input: { username: string; secret: string }, more = {}, idempotencyKey = desk.newKey()) =>
  replaceCredential({ context: await desk.here.inside(key, more), input, idempotencyKey });
const accountIdOf = async (username: string) =>
  (
    await desk.database
      .selectFrom("service_accounts")
      .select("id")
      .where("username", "=", username)
      .executeTakeFirstOrThrow()
  ).id;
const removal = async (username: string, replica = desk.here) =>
  deleteServiceAccounts({
    context: await replica.inside(key),
    input: { accountIds: [await accountIdOf(username)], confirmation: username },
    idempotencyKey: desk.newKey(),
  });

describe("the credential of an organization", () => {
  it("is shown with its source, role and expiry, never with its secret", async () => {
    const { owner } = organizationAt(0);
    const view = await viewCredential({ context: await desk.here.inside(key) });
    expect(credentialViewSchema.parse(view)).toMatchObject({
      source: "database",
      username: owner.username,
      role: "owner",
      account: { id: await accountIdOf(owner.username), expiresAt: null },
      addedBy: "Ada",
      replacedAt: null,
      rotation: null,
    });
    expect(JSON.stringify(view)).not.toContain(owner.secret);
    const context = await desk.here.inside(key, { role: "manager" });
    expect(await failureOf(viewCredential({ context }))).toMatchObject({ code: "not_permitted" });
  });

  it("is replaced without a restart, also for a call that holds the connection already", async () => {
    const { owner, admin } = organizationAt(0);
    const held = await desk.here.inside(key);
    const repeat = desk.newKey();
    const view = await replace(admin, {}, repeat);
    expect(view).toMatchObject({ username: admin.username, role: "admin", replacedBy: "Ada" });
    expect(await replace(admin, {}, repeat)).toEqual(view);
    expect((await readMe(held.organization.upstream)).value.email).toContain(admin.username);
    expect(held.organization.credentialUsername).toBe(admin.username);
    const events = await desk.database
      .selectFrom("audit_events")
      .select(["outcome", "detail"])
      .where("action", "=", "organization.replace_credential")
      .execute();
    expect(events.map(({ outcome }) => outcome)).toEqual(["intended", "succeeded"]);
    expect(events[1]?.detail).toContain(owner.username);
    await expectNoSecret(desk);
  });

  it("protects the one in use on a replica that has not looked since, and no longer the earlier one", async () => {
    const { owner, admin } = organizationAt(0);
    const other = await desk.another();
    await other.app.organizations.refresh();
    await replace(admin);
    expect((await other.inside(key)).organization.credentialUsername).toBe(owner.username);
    expect(await failureOf(removal(admin.username, other))).toMatchObject({ code: "own_credential" });
    await desk.advance(30);
    expect((await other.inside(key)).organization.credentialUsername).toBe(admin.username);
    expect(await failureOf(removal(admin.username, other))).toMatchObject({ code: "own_credential" });
    expect(await desk.control.ledger()).toEqual([]);
    expect((await removal(owner.username, other)).results).toMatchObject([{ outcome: "done" }]);
  });

  it.each([
    ["of another organization", () => organizationAt(1).owner, "not to"],
    ["of a project", () => organizationAt(0).project, "only to projects"],
    ["with a wrong secret", () => ({ ...organizationAt(0).admin, secret: "wrong" }), "rejected"],
  ] as const)("is not replaced by one %s", async (_, credential, reason) => {
    const error = await failureOf(replace(credential()));
    expect(error).toMatchObject({ code: "credential_refused", details: { reason: expect.stringContaining(reason) } });
    const view = await viewCredential({ context: await desk.here.inside(key) });
    expect(view).toMatchObject({ username: organizationAt(0).owner.username, replacedAt: null });
    await expectNoSecret(desk);
  });

  it("wants an administrator with a fresh sign-in", async () => {
    const { admin } = organizationAt(0);
    expect(await failureOf(replace(admin, { role: "manager" }))).toMatchObject({ code: "not_permitted" });
    expect(await failureOf(replace(admin, { signedInMinutesAgo: 11 }))).toMatchObject({
      code: "fresh_sign_in_required",
    });
  });
});
