import type { StoredOperation } from "@/lib/db/operations";
import type { OrganizationContext } from "@/lib/services/context";
import { readMembershipTruth } from "@/lib/services/memberships/membership-truth";
import { type Conclusion, SETTLED_AFTER_MS } from "./conclusion";
import { lastStepAt } from "./live-runs";

/** Reads the project again and compares it with what was intended for each account. */
export async function readMembershipChange(
  context: OrganizationContext,
  operation: StoredOperation,
): Promise<Conclusion> {
  const settled = context.now().getTime() - lastStepAt(operation) >= SETTLED_AFTER_MS;
  const accounts = await readMembershipTruth(context, operation);
  const result = { accounts, verified: true };
  const done = accounts.filter((account) => account.outcome === "done").length;
  if (done === accounts.length) return { found: "happened", result };
  if (!settled) return { found: "open" };
  return { found: done === 0 ? "did_not_happen" : "partly", result };
}
