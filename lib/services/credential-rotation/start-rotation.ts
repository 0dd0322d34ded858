import { findOpenRotation, insertRotation } from "@/lib/db/credential-rotations";
import { inTransaction } from "@/lib/db/in-transaction";
import type { CredentialRow } from "@/lib/db/organization-credentials";
import { AppError } from "@/lib/domain/app-error";
import { expiryAfterDays } from "@/lib/domain/expiry-preset";
import type { RotationInput } from "@/lib/domain/organization-credential";
import { listServiceAccounts, readMe } from "@/lib/mixpanel/operations";
import type { OrganizationContext } from "@/lib/services/context";
import { refusalOf } from "@/lib/services/organizations/credential-refusal";
import { type Intention, noteBroughtAbout } from "@/lib/services/organizations/once";
import { recordStep } from "./run";

/**
 * Writes down that the credential is going to be rotated, and answers the rotation's id. Nothing has been changed then.
 * Throws `operation_in_progress` while another rotation of it is open.
 */
export async function startRotation(
  context: OrganizationContext,
  intention: Intention,
  { credential, days }: { credential: CredentialRow } & Pick<RotationInput, "days">,
): Promise<string> {
  const { organization, database, newId, now } = context;
  const predecessor = credential.username;
  const { role, accountId } = await readPredecessor(context, predecessor);
  const rotation = {
    id: newId(),
    organization_key: organization.key,
    role,
    expires_at: expiryAfterDays(days, now()),
    predecessor_username: predecessor,
    predecessor_account_id: accountId,
    replacement_credential_id: newId(),
    started_by: intention.actor.operator.name,
    started_at: now().toISOString(),
  };
  try {
    await inTransaction(database, async (transaction) => {
      const told = { ...rotation, step: "start", replacement_username: null };
      await recordStep(context, told, "intended", { transaction, detail: { expiresAt: rotation.expires_at } });
      const open = await findOpenRotation(transaction, organization.key);
      if (open) throw openAlready(open);
      await noteBroughtAbout(context, transaction, intention, rotation.id);
      await insertRotation(transaction, rotation);
    });
  } catch (error) {
    throw error instanceof AppError ? error : new AppError("read_only", {}, error);
  }
  return rotation.id;
}

/** The role the replacement gets, and the account to delete in the end; null where the list does not show it. */
async function readPredecessor(
  { organization }: OrganizationContext,
  username: string,
): Promise<{ role: "owner" | "admin"; accountId: number | null }> {
  const { upstream, mixpanelId } = organization;
  const { value: me } = await readMe(upstream);
  const home = me.organizations.find(({ id }) => id === mixpanelId);
  const role = home?.role;
  if (role !== "owner" && role !== "admin") {
    const reason = (home && refusalOf(home)) ?? `It does not belong to ${organization.name} any more.`;
    throw new AppError("credential_refused", { reason });
  }
  const { value: accounts } = await listServiceAccounts(upstream);
  return { role, accountId: accounts.find((account) => account.username === username)?.id ?? null };
}

function openAlready({ started_by: who, started_at: at }: { started_by: string; started_at: string }): AppError {
  const reason = `${who} has begun a rotation at ${at.slice(0, 16).replace("T", " ")} UTC. Continue or cancel that one.`;
  return new AppError("operation_in_progress", { reason });
}
