import type { StoredAccount } from "@/lib/db/inventory-rows";
import { AppError } from "@/lib/domain/app-error";
import type { TargetResult } from "@/lib/domain/change";
import { type OperatorRole, withinCeiling } from "@/lib/domain/operator";
import { changeError } from "./change-error";
import { unsentResult } from "./resolve-accounts";

/** Parts the accounts an operator may touch from those that hold a role above the operator's ceiling. */
export function splitByCeiling(
  accounts: readonly StoredAccount[],
  role: OperatorRole,
  reference: string,
): { allowed: StoredAccount[]; unsent: TargetResult[] } {
  const allowed: StoredAccount[] = [];
  const unsent: TargetResult[] = [];
  for (const account of accounts) {
    const above = [account.highest_role, account.organization_role].find(
      (held) => held !== null && !withinCeiling(role, held),
    );
    if (!above) {
      allowed.push(account);
      continue;
    }
    const reason = `${account.name} holds ${above}, which a ${role} may not touch. Nothing was changed.`;
    const error = changeError(new AppError("role_above_ceiling", { reason }), reference);
    unsent.push(unsentResult({ accountId: account.id, accountName: account.name, outcome: "skipped", error }));
  }
  return { allowed, unsent };
}
