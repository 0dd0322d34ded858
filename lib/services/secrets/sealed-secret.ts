import type { SealedSecretRow } from "@/lib/db/sealed-secrets";
import type { AppContext } from "@/lib/services/context";
import { createdSecretBinding } from "@/lib/services/sealing/bindings";
import { sealerOf } from "@/lib/services/sealing/sealer-of";

/** How long its operator may open a secret again. */
export const SECRET_OPEN_MS = 10 * 60_000;

/** The row that keeps a created secret for its operator, sealed and bound to organization and operation. */
export async function sealCreatedSecret(
  context: AppContext,
  operation: { id: string; organizationKey: string; actorId: string },
  secret: string,
): Promise<Omit<SealedSecretRow, "views">> {
  const sealer = sealerOf(context);
  const now = context.now();
  return {
    operation_id: operation.id,
    organization_key: operation.organizationKey,
    operator_id: operation.actorId,
    key_id: sealer.keyId,
    sealed: await sealer.seal(secret, createdSecretBinding(operation.organizationKey, operation.id)),
    created_at: now.toISOString(),
    expires_at: new Date(now.getTime() + SECRET_OPEN_MS).toISOString(),
  };
}

/** Throws SealError when the row was tampered with or its key is gone. */
export function unsealCreatedSecret(context: AppContext, row: SealedSecretRow): Promise<string> {
  return sealerOf(context).open(row.sealed, createdSecretBinding(row.organization_key, row.operation_id));
}
