import { inTransaction } from "@/lib/db/in-transaction";
import { purgeSecret } from "@/lib/db/sealed-secrets";
import { AppError } from "@/lib/domain/app-error";
import type { OperationView } from "@/lib/domain/change";
import { recordEvent } from "@/lib/services/audit/record";
import type { OrganizationContext } from "@/lib/services/context";
import { getOperation } from "@/lib/services/operations/get-operation";
import { findOwnCreate, secretEvent } from "./own-operation";

/** Its operator has the secret in hand: the sealed copy is purged. Confirming again changes nothing. */
export async function confirmSecret({
  context,
  operationId,
}: {
  context: OrganizationContext;
  operationId: string;
}): Promise<OperationView> {
  const { operation } = await findOwnCreate(context, operationId);
  try {
    await inTransaction(context.database, async (transaction) => {
      if (!(await purgeSecret(transaction, operation.id))) return;
      await recordEvent(context, secretEvent(operation, "secret.confirm", "succeeded"), transaction);
    });
  } catch (error) {
    throw new AppError("read_only", {}, error);
  }
  return getOperation({ context, operationId });
}
