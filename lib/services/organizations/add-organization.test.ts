import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { insertCredential } from "@/lib/db/organization-credentials";
import type { AddOrganizationInput } from "@/lib/domain/organization-credential";
import { credentialInputSchema } from "@/lib/domain/organization-credential";
import { syncOrganization } from "@/lib/services/inventory/sync";
import { expectNoSecret } from "@/lib/services/testing/expect-no-secret";
import { failureOf } from "@/lib/services/testing/failure-of";
import { type Desk, openDesk } from "@/lib/services/testing/open-desk";
import { addOrganization } from "./add-organization";
import { sealCredential } from "./kept-credential";
import { listOrganizations } from "./list-organizations";
import { previewOrganization } from "./preview-organization";
import { upsertConfiguredOrganizations } from "./register";
import { removeOrganization } from "./remove-organization";

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

const organizationAt = (index: number) => desk.simulator.organizations[index] ?? expect.fail("no such organization");
const add = (input: AddOrganizationInput, idempotencyKey = desk.newKey(), context = desk.here.request()) =>
  addOrganization({ context, input, idempotencyKey });
const preview = (input: { username: string; secret: string }, context = desk.here.request()) =>
  previewOrganization({ context, input });
const rows = () => desk.database.selectFrom("organization_credentials").selectAll().execute();
const events = async () =>
  (await desk.database.selectFrom("audit_events").selectAll().orderBy("sequence").execute()).map((event) => ({
    ...event,
    detail: JSON.parse(event.detail),
  }));

describe("trying a credential", () => {
  it.each([
    [0, "us", "owner"],
    [1, "eu", "admin"],
    [2, "in", "owner"],
  ] as const)("finds organization %i in region %s by asking, and stores nothing", async (index, region, role) => {
    const { organizationId: mixpanelId, name, ...credentials } = organizationAt(index);
    const answer = await preview(credentials[role]);
    expect(answer.organizations).toMatchObject([{ mixpanelId, name, region, role, refusal: null, keyTaken: false }]);
    expect(answer.organizations[0]?.accounts).toBeTypeOf("number");
    expect(answer.organizations[0]?.projects).toBeGreaterThan(0);
    expect(JSON.stringify(answer)).not.toContain(credentials[role].secret);
    expect(await rows()).toEqual([]);
    expect(await events()).toEqual([]);
    expect(await desk.control.ledger()).toEqual([]);
  });

  it("says of a project's credential what it is, in plain words", async () => {
    const error = await failureOf(preview(organizationAt(1).project));
    expect(error.code).toBe("credential_refused");
    expect(error.details.reason).toMatch(
      /^It signs in, but it is not an owner or admin of an organization: it belongs only to projects \(.+\)\.$/,
    );
  });

  it("says that a wrong secret is let in nowhere, and asks each region once", async () => {
    const error = await failureOf(preview({ ...organizationAt(0).owner, secret: "wrong" }));
    expect(error).toMatchObject({ code: "credential_refused" });
    expect(error.details.reason).toContain("rejected this username and secret in every region");
    expect((await desk.control.requests()).counts).toEqual({ "GET /me": 3 });
  });

  it("does not call a credential bad while a region cannot be asked", async () => {
    const path = "/me";
    await desk.control.fault({ path, fault: { kind: "status", status: 503 } });
    expect(await failureOf(preview(organizationAt(2).owner))).toMatchObject({ code: "upstream_failed" });
    await desk.control.clearFaults();
    // The first region fails at each of its three attempts; the next but one still shows the organization.
    await desk.control.fault({ path, times: 3, fault: { kind: "status", status: 503 } });
    expect((await preview(organizationAt(2).owner)).organizations).toMatchObject([{ region: "in" }]);
  });

  it("is not for managers", async () => {
    const context = desk.here.request({ role: "manager" });
    expect(await failureOf(preview(organizationAt(0).owner, context))).toMatchObject({ code: "not_permitted" });
    expect(await failureOf(add(organizationAt(0).owner, desk.newKey(), context))).toMatchObject({
      code: "not_permitted",
    });
    expect((await desk.control.requests()).counts).toEqual({});
  });

  it("takes what was pasted with spaces around, and nothing that a header would break on", () => {
    expect(credentialInputSchema.parse({ username: " a.b ", secret: "\ts3cret\n" })).toEqual({
      username: "a.b",
      secret: "s3cret",
    });
    for (const wrong of [
      { username: "a:b", secret: "x" },
      { username: "a b", secret: "x" },
      { username: "a", secret: "x y" },
    ]) {
      expect(credentialInputSchema.safeParse(wrong).success).toBe(false);
    }
  });
});

describe("adding an organization", () => {
  it("keeps it sealed, connects it at once, and tells the record before and after", async () => {
    const { owner, organizationId, name } = organizationAt(1);
    const key = desk.newKey();
    const added = await add({ ...owner, organizationId }, key);
    expect(added).toEqual({ key: String(organizationId), mixpanelId: organizationId, name, region: "eu" });
    expect(await add({ ...owner, organizationId }, key)).toEqual(added);
    expect(await rows()).toMatchObject([{ username: owner.username, region: "eu", added_by: "Ada" }]);
    expect(
      (await events()).map(({ action, outcome, organization_key }) => [action, outcome, organization_key]),
    ).toEqual([
      ["organization.add", "intended", added.key],
      ["organization.add", "succeeded", added.key],
    ]);
    const context = await desk.here.inside(added.key);
    expect(await syncOrganization(context)).toBe("replaced");
    const { organizations } = await listOrganizations(desk.here.app);
    expect(organizations).toMatchObject([{ key: added.key, name, credentialRole: "owner", accounts: 8 + 4 }]);
    await expectNoSecret(desk);
  });

  it("is known to another replica when asked for, and in its list within half a minute", async () => {
    const other = await desk.another();
    await other.app.organizations.refresh();
    const one = await add(organizationAt(0).owner);
    await desk.advance(2);
    expect((await other.inside(one.key)).organization).toMatchObject({ key: one.key, source: "database" });
    const two = await add(organizationAt(1).owner);
    expect((await listOrganizations(other.app)).organizations.map(({ key }) => key)).toEqual([one.key]);
    await desk.advance(30);
    expect((await listOrganizations(other.app)).organizations.map(({ key }) => key)).toEqual([one.key, two.key]);
  });

  it("keeps a secret that was pasted as the username out of the record", async () => {
    const { owner } = organizationAt(0);
    expect(await failureOf(add({ username: owner.secret, secret: owner.username }))).toMatchObject({ status: 422 });
    const record = await events();
    expect(record.map(({ outcome }) => outcome)).toEqual(["intended", "failed"]);
    expect(JSON.stringify(record)).not.toContain(owner.secret);
  });

  it("refuses a project's credential with the reason, keeps nothing, and records the refusal", async () => {
    const { project } = organizationAt(0);
    expect(await failureOf(add(project))).toMatchObject({ code: "credential_refused", status: 422 });
    expect(await rows()).toEqual([]);
    expect(await desk.database.selectFrom("organizations").selectAll().execute()).toEqual([]);
    expect(await events()).toMatchObject([
      { outcome: "intended", detail: { username: project.username } },
      {
        outcome: "failed",
        detail: { code: "credential_refused", reason: expect.stringContaining("only to projects") },
      },
    ]);
    await expectNoSecret(desk);
  });

  it("adds no organization twice, whichever credential and key", async () => {
    const { owner, admin, organizationId, name } = organizationAt(0);
    await add(owner);
    const error = await failureOf(add({ ...admin, key: "again" }));
    expect(error.details.reason).toBe(`${name} is connected already, as ${organizationId}.`);
    expect((await preview(admin)).organizations).toMatchObject([{ keyTaken: true, refusal: error.details.reason }]);
    expect(await failureOf(add({ ...owner, organizationId: 1 }))).toMatchObject({ code: "credential_refused" });
  });

  it("wants another key where one is taken, in whatever case", async () => {
    await add({ ...organizationAt(0).owner, key: "Acme" });
    expect(await failureOf(add({ ...organizationAt(1).owner, key: "acme" }))).toMatchObject({
      code: "bad_request",
      details: { fields: { key: expect.stringContaining("taken") } },
    });
    expect(await add({ ...organizationAt(1).owner, key: "acme-eu" })).toMatchObject({ key: "acme-eu" });
    expect(await rows()).toHaveLength(2);
  });

  it("lets one of many win when they race for one key", async () => {
    const other = await desk.another();
    const inputs = [0, 1, 2].map((index) => ({ ...organizationAt(index).owner, key: "one" }));
    const contexts = [desk.here.request(), other.request(), desk.here.request()];
    const outcomes = await Promise.allSettled(inputs.map((input, index) => add(input, desk.newKey(), contexts[index])));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await rows()).toHaveLength(1);
    await expectNoSecret(desk);
  });

  it("refuses the key of another request, and adds nothing without a record", async () => {
    const key = desk.newKey();
    await add(organizationAt(0).owner, key);
    expect(await failureOf(add(organizationAt(1).owner, key))).toMatchObject({ code: "idempotency_conflict" });
    await desk.database.schema.alterTable("audit_events").renameTo("audit_events_away").execute();
    expect(await failureOf(add(organizationAt(1).owner))).toMatchObject({ code: "read_only" });
    await desk.database.schema.alterTable("audit_events_away").renameTo("audit_events").execute();
    expect(await rows()).toHaveLength(1);
  });
});

describe("removing an organization", () => {
  const remove = async (key: string, confirmation: string, more = {}) =>
    removeOrganization({ context: await desk.here.inside(key, more), input: { confirmation } });

  it("forgets credential and inventory once its name is typed, and leaves the record", async () => {
    const { key, name } = await add(organizationAt(0).owner);
    await syncOrganization(await desk.here.inside(key));
    const other = await desk.another();
    await other.app.organizations.refresh();
    expect(await failureOf(remove(key, "something else"))).toMatchObject({ code: "confirmation_mismatch" });
    expect(await failureOf(remove(key, name, { signedInMinutesAgo: 11 }))).toMatchObject({
      code: "fresh_sign_in_required",
    });
    expect(await remove(key, name)).toEqual({ key });
    for (const table of ["organization_credentials", "organizations", "service_accounts", "memberships"] as const) {
      expect(await desk.database.selectFrom(table).selectAll().execute()).toEqual([]);
    }
    expect(await failureOf(desk.here.inside(key))).toMatchObject({ code: "not_found" });
    await desk.advance(30);
    expect(await failureOf(other.inside(key))).toMatchObject({ code: "not_found" });
    expect((await events()).at(-1)).toMatchObject({ action: "organization.remove", outcome: "succeeded" });
    expect(await desk.control.ledger()).toEqual([]);
    expect(await add(organizationAt(0).owner)).toMatchObject({ key });
  });

  it("waits for what is not settled", async () => {
    const { key, name } = await add(organizationAt(0).owner);
    const operation = {
      id: "o",
      batch_id: "b",
      organization_key: key,
      kind: "delete",
      state: "unknown",
      actor_id: "x",
      actor_name: "Max",
      account_id: 1,
      account_name: "old",
      input: "{}",
      before_state: "{}",
      prepared_at: desk.now().toISOString(),
    };
    await desk.database.insertInto("operations").values(operation).execute();
    expect(await failureOf(remove(key, name))).toMatchObject({ code: "operation_in_progress" });
    expect(await rows()).toHaveLength(1);
  });
});

describe("an organization from the environment", () => {
  it("counts before one kept under the same key, and cannot be changed from the console", async () => {
    await desk.close();
    desk = await openDesk({
      MIXPANEL_SERVICE_ACCOUNT: "configured.0a1b2c.mp-service-account",
      MIXPANEL_SERVICE_ACCOUNT_SECRET: "canary-of-the-environment",
      MIXPANEL_ORGANIZATION_ID: "42",
    });
    const sealed = await sealCredential(desk.here.app, { organizationKey: "42", credentialId: "c", secret: "kept" });
    const place = { organization_key: "42", mixpanel_id: 43, region: "eu", name: "Kept", username: "kept" };
    const added = { added_by: "Ada", added_at: desk.now().toISOString(), replaced_by: null, replaced_at: null };
    await insertCredential(desk.database, { ...place, ...sealed, ...added });
    await desk.here.app.organizations.refresh(0);
    expect(desk.here.app.organizations.list().map(({ source, mixpanelId }) => [source, mixpanelId])).toEqual([
      ["environment", 42],
    ]);
    const context = await desk.here.inside("42");
    const error = await failureOf(removeOrganization({ context, input: { confirmation: "Organization 42" } }));
    expect(error).toMatchObject({ code: "credential_configured", status: 409 });
    expect(await rows()).toHaveLength(1);
    const mixpanelIds = () => desk.database.selectFrom("organizations").select("mixpanel_id").execute();
    expect(await mixpanelIds()).toEqual([{ mixpanel_id: 42 }]);
    await upsertConfiguredOrganizations(desk.database, { ...desk.environment, organizations: [] });
    expect(await mixpanelIds()).toEqual([{ mixpanel_id: 43 }]);
  });

  it("stays away while its sealed text does not open, and the log names it", async () => {
    const { key } = await add(organizationAt(0).owner);
    const other = await add(organizationAt(1).owner);
    const [row] = await rows();
    await desk.database
      .updateTable("organization_credentials")
      .set({ sealed: row?.sealed ?? "" })
      .execute();
    await desk.here.app.organizations.refresh(0);
    expect(desk.here.app.organizations.list().map((each) => each.key)).toEqual([key]);
    expect(desk.log.join("")).toContain(`"organizations":["${other.key}"]`);
  });
});
