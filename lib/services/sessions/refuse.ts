import { deleteFeedsOfIdentity } from "@/lib/db/feeds";
import { inTransaction } from "@/lib/db/in-transaction";
import { recordEvents } from "@/lib/services/audit/record";
import type { AppContext } from "@/lib/services/context";
import type { Identity } from "./start";

export const refusalReasons = ["no_role", "overage", "missing", "malformed"] as const;
export type RefusalReason = (typeof refusalReasons)[number];
type Refusal = { identity: Identity; reason: RefusalReason; address: string | null };

/** Records that somebody proved who they are and was not let in, and why. */
export async function refuseSession({ context, input }: { context: AppContext; input: Refusal }): Promise<void> {
  const { identity, reason, address } = input;
  await inTransaction(context.database, async (transaction) => {
    const feedsEnded = await deleteFeedsOfIdentity(transaction, identity);
    await recordEvents(
      transaction,
      [
        {
          at: context.now().toISOString(),
          organizationKey: null,
          actorId: identity.subject,
          actorName: identity.name,
          actorRole: "none",
          address,
          action: "session.refuse",
          targetKind: "session",
          targetId: null,
          targetName: identity.email,
          outcome: "refused",
          operationId: null,
          upstreamReference: null,
          detail: { reason, ...(feedsEnded > 0 && { feedsEnded }) },
        },
      ],
      context.newId,
    );
  });
}
