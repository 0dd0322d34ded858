import type { NewOperation } from "@/lib/db/operations";
import type { Answer, Upstream } from "@/lib/mixpanel/client";
import type { OrganizationContext } from "@/lib/services/context";
import { runOperation } from "@/lib/services/operations/run-operation";
import { settleDoubt } from "@/lib/services/operations/settle-doubt";
import { asTold, verifyMembershipChange } from "./verify-change";

/** Sends one membership change, then reads its project again, so that what is told is what Mixpanel shows. */
export async function carryOutMembershipChange(
  context: OrganizationContext,
  operation: NewOperation,
  send: (upstream: Upstream) => Promise<Answer<null>>,
): Promise<void> {
  const end = await runOperation({
    context,
    operation,
    send,
    succeed: () => ({ result: { accounts: asTold(operation), verified: false } }),
  });
  if (end.state === "unknown") await settleDoubt(context, operation.id);
  if (end.state === "succeeded") await verifyMembershipChange(context, operation);
  await context.crashPoint?.("after_reread");
}
