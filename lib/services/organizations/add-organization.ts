import { inTransaction } from "@/lib/db/in-transaction";
import { findCredential, insertCredential } from "@/lib/db/organization-credentials";
import { saveConfiguredOrganization } from "@/lib/db/organizations";
import { AppError } from "@/lib/domain/app-error";
import type { Organization } from "@/lib/domain/organization";
import type { AddOrganizationInput } from "@/lib/domain/organization-credential";
import { recordEvent } from "@/lib/services/audit/record";
import type { RequestContext } from "@/lib/services/context";
import { requireOperator } from "@/lib/services/operations/require-operator";
import { examineCredential, type SeenOrganization } from "./examine-credential";
import { findOrganization } from "./find-organization";
import { sealCredential } from "./kept-credential";
import { broughtAbout, type Intention, noteBroughtAbout } from "./once";
import { onRecord, organizationEvent, usernameForRecord } from "./organization-event";
import { connectedAs, isKeyTaken } from "./taken";

type Request = { context: RequestContext; input: AddOrganizationInput; idempotencyKey: string };

/**
 * Tries a credential and, where it is an owner or admin of the organization, keeps it sealed; the organization is
 * connected at once. Throws `credential_refused` with the reason, and then keeps nothing.
 */
export async function addOrganization({ context, input, idempotencyKey: key }: Request): Promise<Organization> {
  const actor = requireOperator(context, "organization:manage");
  const { secret: _, ...request } = input;
  const intention = { actor, key, request: { act: "add", ...request } };
  const earlier = await broughtAbout(context, intention);
  if (earlier !== null) return describe(context, earlier);
  const wanted = input.key ?? (input.organizationId === undefined ? null : String(input.organizationId));
  const subject = {
    action: "organization.add",
    key: wanted,
    name: null,
    detail: { username: usernameForRecord(input.username) },
  } as const;
  const added = await onRecord(context, subject, async () => {
    const found = choose(await examineCredential(context, input), input);
    await context.organizations.refresh(0);
    const refusal = found.refusal ?? connectedAs(context, found);
    if (refusal !== null) throw new AppError("credential_refused", { reason: refusal });
    return keep(context, intention, input, found);
  });
  await context.organizations.refresh(0);
  return describe(context, added);
}

function choose(seen: readonly SeenOrganization[], { organizationId }: AddOrganizationInput): SeenOrganization {
  const fitting = seen.filter(({ mixpanelId }) => organizationId === undefined || mixpanelId === organizationId);
  const [only, ...others] = fitting;
  if (!only) {
    const reason = `This credential does not belong to organization ${organizationId}.`;
    throw new AppError("credential_refused", { reason });
  }
  if (others.length === 0) return only;
  const names = fitting.map(({ name, mixpanelId }) => `${name} (${mixpanelId})`).join(", ");
  throw new AppError("bad_request", { fields: { organizationId: `It belongs to several: ${names}. Choose one.` } });
}

/** Everything that makes the organization known stands in one commit, with the event that says so. */
async function keep(
  context: RequestContext,
  intention: Intention,
  { key: wanted, username, secret }: AddOrganizationInput,
  { mixpanelId, name, region, role }: SeenOrganization,
): Promise<string> {
  const key = wanted ?? String(mixpanelId);
  const taken = new AppError("bad_request", { fields: { key: `${key} is taken. Give it a key of its own.` } });
  if (isKeyTaken(context, key)) throw taken;
  const sealed = await sealCredential(context, { organizationKey: key, credentialId: context.newId(), secret });
  const added = { added_by: intention.actor.operator.name, added_at: context.now().toISOString() };
  await inTransaction(context.database, async (transaction) => {
    const subject = { action: "organization.add", key, name, detail: { username, role, region, mixpanelId } } as const;
    // The record's end is locked from here on: no two requests, on whichever replica, add the same key.
    await recordEvent(context, organizationEvent(subject, "succeeded"), transaction);
    if (await findCredential(transaction, key)) throw taken;
    await noteBroughtAbout(context, transaction, intention, key);
    await saveConfiguredOrganization(transaction, { key, mixpanelId, name, region, credentialUsername: username });
    const place = { organization_key: key, mixpanel_id: mixpanelId, region, name, username };
    await insertCredential(transaction, { ...place, ...sealed, ...added, replaced_by: null, replaced_at: null });
  });
  return key;
}

async function describe(context: RequestContext, key: string): Promise<Organization> {
  const { mixpanelId, name, region } = await findOrganization(context, key);
  return { key, mixpanelId, name, region };
}
