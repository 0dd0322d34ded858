import { deleteFeed } from "@/lib/db/feeds";
import { inTransaction } from "@/lib/db/in-transaction";
import { AppError } from "@/lib/domain/app-error";
import { recordEvent } from "@/lib/services/audit/record";
import type { RequestContext } from "@/lib/services/context";
import { requireOperator } from "@/lib/services/operations/require-operator";

/** Ends one of the operator's own feeds; its address answers nothing from the next request on. */
export async function revokeFeed({ context, id }: { context: RequestContext; id: string }): Promise<{ id: string }> {
  const { operator } = requireOperator(context, "self:write");
  await inTransaction(context.database, async (transaction) => {
    const row = await deleteFeed(transaction, operator.id, id);
    if (!row) throw new AppError("not_found", { reason: "This feed was revoked already." });
    const event = { action: "feed.revoke", outcome: "succeeded", targetKind: "feed", targetId: id } as const;
    const detail = { kind: row.kind, owner: row.owner };
    await recordEvent(context, { ...event, organizationKey: row.organization_key, detail }, transaction);
  });
  return { id };
}
