import pLimit from "p-limit";
import { loadAccounts } from "@/lib/db/inventory";
import type { StoredAccount } from "@/lib/db/inventory-rows";
import { AppError } from "@/lib/domain/app-error";
import type { TargetResult } from "@/lib/domain/change";
import { getServiceAccount } from "@/lib/mixpanel/operations";
import type { OrganizationContext } from "@/lib/services/context";
import { asAppError, changeError } from "./change-error";

export type ResolvedAccounts = { known: StoredAccount[]; unsent: TargetResult[] };

/**
 * The accounts of a request from the inventory. One the inventory does not know is asked for at Mixpanel: absent, or
 * not read yet; either way nothing is sent for it, since nobody can say what it may do.
 */
export async function resolveAccounts(context: OrganizationContext, ids: readonly number[]): Promise<ResolvedAccounts> {
  const known = await loadAccounts(context.database, context.organization.key, ids);
  const found = new Set(known.map((account) => account.id));
  const limit = pLimit(4);
  const missing = ids.filter((id) => !found.has(id));
  const unsent = await limit.map(missing, async (id) => skipped(id, await whyUnknown(context, id), context.reference));
  return { known, unsent };
}

async function whyUnknown(context: OrganizationContext, accountId: number): Promise<AppError> {
  try {
    await getServiceAccount(context.organization.upstream, accountId);
    return new AppError("not_found", {
      reason: "Keywarden has not read this service account yet. Refresh the list first.",
    });
  } catch (error) {
    return asAppError(error);
  }
}

function skipped(accountId: number, error: AppError, reference: string): TargetResult {
  return unsentResult({
    accountId,
    accountName: `Service account ${accountId}`,
    outcome: "skipped",
    error: changeError(error, reference),
  });
}

type Told = Pick<TargetResult, "accountId" | "accountName" | "outcome"> & Partial<TargetResult>;

/** A target for which nothing is sent. */
export function unsentResult(told: Told): TargetResult {
  return { operationId: null, projectId: null, projectName: null, role: null, message: null, error: null, ...told };
}
