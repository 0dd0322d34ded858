import type { Transaction } from "@/lib/db/database";
import { loadAccounts } from "@/lib/db/inventory";
import { getStoredOperation, type StoredOperation } from "@/lib/db/operations";
import { splitUsername } from "@/lib/domain/service-account";
import type { OrganizationContext } from "@/lib/services/context";
import { storedError } from "@/lib/services/operations/change-error";
import { whileLive } from "@/lib/services/operations/live-runs";
import { newOperation, prepareOperations } from "@/lib/services/operations/prepare-operations";
import type { OperatorActor } from "@/lib/services/operations/require-operator";
import { settledBatch } from "@/lib/services/operations/settled-batch";
import { carryOutDelete } from "./carry-out-delete";
import { assertWithinDeletionLimit } from "./deletion-limit";
import { deletionsOf } from "./deletions-of";

type Account = { id: number; username: string };
type Deletion = {
  context: OrganizationContext;
  actor: OperatorActor;
  account: Account;
  /** Of an earlier attempt; it is settled first. */
  earlierBatchId: string | null;
  /** In the commit that prepares the deletion: the last checks, and the note of its batch. */
  guard: (transaction: Transaction, batchId: string) => Promise<void>;
};

/** Deletes an account as a step of something larger, once, however often it is asked. Throws what kept it from being deleted. */
export async function deleteOnce({ context, actor, account, earlierBatchId, guard }: Deletion): Promise<void> {
  const earlier = await settledBatch(context, earlierBatchId);
  if (isDeleted(earlier, account)) return;
  const batchId = context.newId();
  const operation = newOperation(context, actor, batchId, await deletionOf(context, account));
  await prepareOperations({
    context,
    operations: [operation],
    guard: async (transaction) => {
      await assertWithinDeletionLimit(transaction, context, actor.operator.id, 1);
      await guard(transaction, batchId);
    },
  });
  await whileLive([operation], () => carryOutDelete(context, actor, operation));
  await settledBatch(context, batchId);
  const settled = await getStoredOperation(context.database, context.organization.key, operation.id);
  if (!isDeleted([settled], account)) throw storedError(settled);
}

/** Whether one of these operations has deleted the account. */
export function isDeleted(operations: readonly StoredOperation[], { id }: Pick<Account, "id">): boolean {
  return operations.some(
    ({ kind, accountId, state, outcome }) =>
      kind === "delete" && accountId === id && (state === "succeeded" || outcome === "happened"),
  );
}

async function deletionOf(context: OrganizationContext, { id, username }: Account) {
  const stored = await loadAccounts(context.database, context.organization.key, [id]);
  const [known] = await deletionsOf(context, stored);
  return (
    known ?? {
      kind: "delete" as const,
      accountId: id,
      accountName: splitUsername(username).name,
      projectId: null,
      projectName: null,
      input: { username },
      beforeState: {},
    }
  );
}
