import { inTransaction } from "@/lib/db/in-transaction";
import { getStoredOperation } from "@/lib/db/operations";
import { purgeExpiredSecrets } from "@/lib/db/sealed-secrets";
import { recordEvent } from "@/lib/services/audit/record";
import type { AppContext } from "@/lib/services/context";
import { secretEvent } from "./own-operation";

/** Removes sealed secrets whose ten minutes are over, each with its event; answers how many. */
export async function purgeExpired(context: AppContext): Promise<number> {
  const actor = { kind: "system", name: "secret-purge" } as const;
  return inTransaction(context.database, async (transaction) => {
    const gone = await purgeExpiredSecrets(transaction, context.now().toISOString());
    for (const row of gone) {
      const operation = await getStoredOperation(transaction, row.organization_key, row.operation_id);
      const detail = { operator: operation.actorName, reason: "Its ten minutes were over." };
      const event = secretEvent(operation, "secret.purge", "succeeded", detail);
      await recordEvent({ ...context, actor }, event, transaction);
    }
    return gone.length;
  });
}
