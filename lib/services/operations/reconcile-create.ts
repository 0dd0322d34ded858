import { findCreatedAccountIds, listOperationsInState, type StoredOperation } from "@/lib/db/operations";
import { createInputSchema } from "@/lib/domain/change";
import { type ServiceAccount, splitUsername } from "@/lib/domain/service-account";
import { listServiceAccounts, readMe } from "@/lib/mixpanel/operations";
import type { OrganizationContext } from "@/lib/services/context";
import { insertCreatedAccount } from "@/lib/services/inventory/reread";
import { type Conclusion, SETTLED_AFTER_MS } from "./conclusion";
import { mayBeLost, mayBeOurs } from "./lost-create";

/**
 * Looks for the account whose answer was lost: same name, not known before, created around the time it was sent, by the
 * console's own credential. None in two readings ten seconds apart means that it was not created.
 */
export async function findLostCreate(context: OrganizationContext, operation: StoredOperation): Promise<Conclusion> {
  const { upstream } = context.organization;
  const readAt = context.now();
  const { value: accounts } = await listServiceAccounts(upstream);
  const sameName = accounts.filter((account) => splitUsername(account.username).name === operation.accountName);
  const possible = sameName.filter((account) => mayBeLost(account, operation, upstream.clockSkewMs()));
  const candidates = await withoutOthers(context, possible);
  const [first, ...more] = candidates;
  if (!first) return absent(operation, readAt);
  if (more.length > 0 || (await hasRival(context, operation))) {
    return { found: "open", result: { candidates: candidates.map(({ id, username }) => ({ id, username })) } };
  }
  const input = createInputSchema.parse(operation.input);
  return {
    found: "secret_lost",
    account: first,
    write: (transaction) =>
      insertCreatedAccount(transaction, context.organization.key, { account: first, input, at: readAt }),
  };
}

/** Leaves out accounts another operation made, and those that somebody else than our credential created. */
async function withoutOthers(context: OrganizationContext, possible: ServiceAccount[]): Promise<ServiceAccount[]> {
  if (possible.length === 0) return [];
  const ids = possible.map((account) => account.id);
  const claimed = await findCreatedAccountIds(context.database, context.organization.key, ids);
  const { value: me } = await readMe(context.organization.upstream);
  return possible.filter((account) => !claimed.includes(account.id) && mayBeOurs(account, me.userId));
}

/** Another create of the same name that is not settled either: the account may be that one's. */
async function hasRival(context: OrganizationContext, operation: StoredOperation): Promise<boolean> {
  const unsettled = await listOperationsInState(context.database, operation.organizationKey, [
    "prepared",
    "sent",
    "unknown",
  ]);
  return unsettled.some(
    ({ id, kind, accountName }) => id !== operation.id && kind === "create" && accountName === operation.accountName,
  );
}

function absent(operation: StoredOperation, readAt: Date): Conclusion {
  const { firstAbsentAt } = operation.result;
  if (firstAbsentAt === undefined) return { found: "open", result: { firstAbsentAt: readAt.toISOString() } };
  const apart = readAt.getTime() - Date.parse(firstAbsentAt);
  return apart >= SETTLED_AFTER_MS ? { found: "did_not_happen" } : { found: "open" };
}
