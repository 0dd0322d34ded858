import { type RotationRow, updateRotation } from "@/lib/db/credential-rotations";
import { inTransaction } from "@/lib/db/in-transaction";
import { AppError } from "@/lib/domain/app-error";
import { listServiceAccounts, readMe } from "@/lib/mixpanel/operations";
import { UpstreamError } from "@/lib/mixpanel/upstream-error";
import { refusalOf } from "@/lib/services/organizations/credential-refusal";
import { through } from "@/lib/services/organizations/examine-credential";
import { openCredential } from "@/lib/services/organizations/kept-credential";
import { type RotationRun, recordStep } from "./run";

/** Signs in with the replacement and lists the organization's accounts, before anything depends on it. */
export async function verifyReplacement({ context, lease }: RotationRun, rotation: RotationRow): Promise<void> {
  const { organization, database } = context;
  const { sealed, replacement_username: username, replacement_credential_id: credential_id } = rotation;
  if (sealed === null || username === null) throw new AppError("internal");
  const secret = await openCredential(context, { organization_key: rotation.organization_key, credential_id, sealed });
  const { region, mixpanelId } = organization;
  await through(context, { username, secret }, { region, mixpanelId }, async (upstream) => {
    try {
      const { value: me } = await readMe(upstream);
      const home = me.organizations.find(({ id }) => id === mixpanelId);
      const refusal = home ? refusalOf(home) : `It does not belong to ${organization.name}.`;
      if (refusal !== null) throw notYet(username, refusal);
      await listServiceAccounts(upstream);
    } catch (error) {
      if (!(error instanceof UpstreamError) || error.code !== "upstream_credential_rejected") throw error;
      throw notYet(username, "Mixpanel does not let it in yet; a new secret may take a moment to work.");
    }
  });
  await inTransaction(database, async (transaction) => {
    await recordStep(context, rotation, "succeeded", { transaction });
    await lease.hold(transaction);
    await updateRotation(transaction, rotation, { step: "switch" });
  });
}

function notYet(username: string, why: string): AppError {
  const reason = `The replacement ${username} cannot be used. ${why} Nothing was switched: continue later, or cancel.`;
  return new AppError("credential_refused", { reason });
}
