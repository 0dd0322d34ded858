import { findOpenRotation } from "@/lib/db/credential-rotations";
import { inTransaction } from "@/lib/db/in-transaction";
import { type CredentialRow, changeCredential } from "@/lib/db/organization-credentials";
import { saveConfiguredOrganization, updateOrganization } from "@/lib/db/organizations";
import { AppError } from "@/lib/domain/app-error";
import type { CredentialInput, CredentialView } from "@/lib/domain/organization-credential";
import { recordEvent } from "@/lib/services/audit/record";
import type { OrganizationContext } from "@/lib/services/context";
import { viewCredential } from "./credential-view";
import { examineCredential } from "./examine-credential";
import { sealCredential } from "./kept-credential";
import { openToChange } from "./kept-organization";
import { broughtAbout, type Intention, noteBroughtAbout } from "./once";
import { onRecord, organizationEvent, usernameForRecord } from "./organization-event";

type Request = { context: OrganizationContext; input: CredentialInput; idempotencyKey: string };
const action = "organization.replace_credential";

/** Takes another credential of the same organization into use, without a restart; the earlier one is left as it is. */
export async function replaceCredential({ context, input, idempotencyKey: key }: Request): Promise<CredentialView> {
  const { key: organizationKey, name } = context.organization;
  const { actor, credential } = await openToChange(context);
  const { username } = input;
  const intention = { actor, key, request: { act: "replace", organizationKey, username } };
  if ((await broughtAbout(context, intention)) !== null) return viewCredential({ context });
  const detail = { username: usernameForRecord(username), predecessor: credential.username };
  await onRecord(context, { action, key: organizationKey, name, detail }, async () => {
    const role = await examineFor(context, input);
    await keep(context, intention, credential, { ...input, role });
  });
  await context.organizations.refresh(0);
  return viewCredential({ context });
}

/** Its role there; throws `credential_refused` where it is of another organization, or too weak. */
async function examineFor(context: OrganizationContext, input: CredentialInput): Promise<string | null> {
  const { mixpanelId, name } = context.organization;
  const seen = await examineCredential(context, input);
  const found = seen.find((each) => each.mixpanelId === mixpanelId);
  if (!found) {
    const others = seen.map((each) => each.name).join(", ");
    throw new AppError("credential_refused", { reason: `It belongs to ${others}, not to ${name}.` });
  }
  if (found.refusal !== null) throw new AppError("credential_refused", { reason: found.refusal });
  return found.role;
}

async function keep(
  context: OrganizationContext,
  intention: Intention,
  before: CredentialRow,
  { username, secret, role }: CredentialInput & { role: string | null },
): Promise<void> {
  const { key, name, mixpanelId, region } = context.organization;
  const sealed = await sealCredential(context, { organizationKey: key, credentialId: context.newId(), secret });
  const replaced = { replaced_by: intention.actor.operator.name, replaced_at: context.now().toISOString() };
  await inTransaction(context.database, async (transaction) => {
    const detail = { username, predecessor: before.username, role };
    await recordEvent(context, organizationEvent({ action, key, name, detail }, "succeeded"), transaction);
    if (await findOpenRotation(transaction, key)) {
      const reason = "Its rotation is open. Finish or cancel that first.";
      throw new AppError("operation_in_progress", { reason });
    }
    await noteBroughtAbout(context, transaction, intention, key);
    if (!(await changeCredential(transaction, before, { username, ...sealed, ...replaced }))) {
      throw new AppError("operation_in_progress", { reason: "Somebody else has just replaced it." });
    }
    await saveConfiguredOrganization(transaction, { key, mixpanelId, region, credentialUsername: username });
    await updateOrganization(transaction, key, { credential_role: role, sync_problem_code: null, sync_retry_at: null });
  });
}
