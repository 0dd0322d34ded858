import { randomUUID } from "node:crypto";
import { appendAuditEvents } from "@/lib/db/audit-events";
import type { Transaction } from "@/lib/db/database";
import { inTransaction } from "@/lib/db/in-transaction";
import type { AuditEntry } from "@/lib/domain/audit-event";
import type { Actor } from "@/lib/domain/operator";
import type { RequestContext } from "@/lib/services/context";

type EventActor = Pick<AuditEntry, "actorId" | "actorName" | "actorRole" | "address">;
type Required = "action" | "targetKind" | "outcome";
/** What a caller has to say; who and when come from the context. */
export type EventInput = Pick<AuditEntry, Required> & Partial<Omit<AuditEntry, Required | "at" | keyof EventActor>>;

/** Writes events into the caller's transaction, so that they stand or fall with the change they speak of. */
export async function recordEvents(
  transaction: Transaction,
  entries: readonly AuditEntry[],
  newId: () => string = randomUUID,
): Promise<void> {
  if (entries.length === 0) return;
  await appendAuditEvents(
    transaction,
    entries.map((entry) => ({ ...entry, id: newId() })),
  );
}

/** Writes one event of the context's actor, in the given transaction or in one of its own. */
export async function recordEvent(
  context: Pick<RequestContext, "database" | "actor" | "now" | "newId">,
  event: EventInput,
  transaction?: Transaction,
): Promise<void> {
  const entry: AuditEntry = {
    organizationKey: null,
    targetId: null,
    targetName: null,
    operationId: null,
    upstreamReference: null,
    detail: {},
    ...event,
    ...actorOfEvent(context.actor),
    at: context.now().toISOString(),
  };
  await inTransaction(transaction ?? context.database, (inside) => recordEvents(inside, [entry], context.newId));
}

/** How an actor stands in the record; Keywarden's own acts carry the role `system`. */
export function actorOfEvent(actor: Actor): EventActor {
  if (actor.kind === "system") {
    return { actorId: `system:${actor.name}`, actorName: actor.name, actorRole: "system", address: null };
  }
  const { id, name, role } = actor.operator;
  return { actorId: id, actorName: name, actorRole: role, address: actor.address };
}
