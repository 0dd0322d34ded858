import { inTransaction } from "@/lib/db/in-transaction";
import type { StoredOperation } from "@/lib/db/operations";
import { countSecretView, findOpenableSecret, type SealedSecretRow } from "@/lib/db/sealed-secrets";
import { AppError } from "@/lib/domain/app-error";
import type { AuditOutcome } from "@/lib/domain/audit-event";
import { type EventInput, recordEvent } from "@/lib/services/audit/record";
import type { OrganizationContext } from "@/lib/services/context";
import { secretEvent } from "./own-operation";
import { unsealCreatedSecret } from "./sealed-secret";

type Use = { action: EventInput["action"]; outcome: AuditOutcome; view: boolean };

/**
 * Opens the sealed secret of an operation after its use was recorded; without a record it stays shut. Throws
 * `secret_gone` when it was confirmed, has run out or no longer opens.
 */
export async function takeSecret(
  context: OrganizationContext,
  operation: StoredOperation,
  use: Use,
): Promise<{ secret: string; until: string }> {
  const row = await recordUse(context, operation, use);
  if (!row) throw new AppError("secret_gone");
  try {
    return { secret: await unsealCreatedSecret(context, row), until: row.expires_at };
  } catch (error) {
    throw new AppError("secret_gone", { reason: "Its sealed copy cannot be opened any more." }, error);
  }
}

async function recordUse(
  context: OrganizationContext,
  operation: StoredOperation,
  { action, outcome, view }: Use,
): Promise<SealedSecretRow | undefined> {
  const asked = { operationId: operation.id, operatorId: operation.actorId, now: context.now().toISOString() };
  try {
    return await inTransaction(context.database, async (transaction) => {
      const row = await findOpenableSecret(transaction, asked);
      if (!row) return undefined;
      if (view) await countSecretView(transaction, operation.id);
      await recordEvent(context, secretEvent(operation, action, outcome), transaction);
      return row;
    });
  } catch (error) {
    throw new AppError("read_only", {}, error);
  }
}
