import type { Transaction } from "@/lib/db/database";
import { findSyncedAt } from "@/lib/db/organizations";
import { findOperationsSince, type RecentOperation } from "@/lib/db/recent-operations";
import type { AuditAction, AuditEntry } from "@/lib/domain/audit-event";
import { actorOfEvent, recordEvents } from "@/lib/services/audit/record";
import type { AppContext } from "@/lib/services/context";
import type { AccessDrift, Drift } from "./find-drift";

/** Above this many accounts one event speaks for all: the record is read by people. */
export const DRIFT_EVENTS_MAX = 200;
const NAMES_MAX = 10;
/** A change made here may be sent before a reading begins and stored after it. */
const MARGIN_MS = 900_000;

const actions: Record<Drift["kind"], AuditAction> = {
  created: "drift.created",
  deleted: "drift.deleted",
  access: "drift.access",
};

type Seen = { organizationKey: string; drift: readonly Drift[]; at: string };

/**
 * Writes down what changed at Mixpanel between two readings without Keywarden, in the commit that stores the later one.
 * Nothing is drift before the first reading.
 */
export async function recordDrift(
  transaction: Transaction,
  context: Pick<AppContext, "now" | "newId">,
  { organizationKey, drift, at }: Seen,
): Promise<void> {
  if (drift.length === 0) return;
  const previousAt = await findSyncedAt(transaction, organizationKey);
  if (previousAt === null) return;
  const since = new Date(Date.parse(previousAt) - MARGIN_MS).toISOString();
  const own = await findOperationsSince(transaction, organizationKey, since);
  const foreign = drift.flatMap((change) => notMadeHere(change, own));
  const event = (action: AuditAction, rest: Pick<AuditEntry, "targetKind" | "targetId" | "targetName" | "detail">) => ({
    at: context.now().toISOString(),
    organizationKey,
    ...actorOfEvent({ kind: "system", name: "Mixpanel" }),
    action,
    outcome: "seen" as const,
    operationId: null,
    upstreamReference: null,
    ...rest,
    detail: { ...rest.detail, after: previousAt, before: at },
  });
  const events =
    foreign.length > DRIFT_EVENTS_MAX
      ? [
          event("drift.many", {
            targetKind: "organization",
            targetId: organizationKey,
            targetName: null,
            detail: summaryOf(foreign),
          }),
        ]
      : foreign.map((change) =>
          event(actions[change.kind], {
            targetKind: "service_account",
            targetId: String(change.account.id),
            targetName: change.account.name,
            detail: detailOf(change),
          }),
        );
  await recordEvents(transaction, events, context.newId);
}

/** The change without what an operation of ours brought about; nothing where that is all of it. */
function notMadeHere(change: Drift, own: readonly RecentOperation[]): Drift[] {
  const { account } = change;
  const ours = own.filter(({ accountId }) => accountId === account.id);
  if (change.kind === "created") return own.some((one) => isCreateOf(one, account)) ? [] : [change];
  if (change.kind === "deleted") return ours.some(({ kind }) => kind === "delete") ? [] : [change];
  if (own.some((one) => isCreateOf(one, account))) return [];
  const access = change.access.filter(
    ({ project }) => project === null || !ours.some(({ projectId }) => projectId === project.id),
  );
  return access.length > 0 ? [{ ...change, access }] : [];
}

function isCreateOf({ kind, accountId, accountName }: RecentOperation, { id, name }: Drift["account"]): boolean {
  return kind === "create" && (accountId === id || (accountId === null && accountName === name));
}

function detailOf(change: Drift): Record<string, unknown> {
  const { creator_name: name, creator_email: email, username } = change.account;
  const told = { username, ...(change.kind === "created" && { by: name ?? email ?? "not told by Mixpanel" }) };
  return change.kind === "deleted" ? told : { ...told, access: accessWords(change.access) };
}

function accessWords(access: readonly AccessDrift[]): string[] {
  const words = access.slice(0, NAMES_MAX).map(({ project, before, after }) => {
    const where = project?.name ?? "the whole organization";
    return `${where}: ${before.join(" + ") || "none"} → ${after.join(" + ") || "none"}`;
  });
  return access.length > NAMES_MAX ? [...words, `and ${access.length - NAMES_MAX} more`] : words;
}

function summaryOf(drift: readonly Drift[]): Record<string, unknown> {
  const names = (kind: Drift["kind"]) => drift.filter((one) => one.kind === kind).map(({ account }) => account.name);
  return Object.fromEntries(
    (["created", "deleted", "access"] as const).flatMap((kind) => {
      const all = names(kind);
      const first = all.slice(0, NAMES_MAX).join(", ");
      return all.length > 0 ? [[kind, `${all.length}: ${first}${all.length > NAMES_MAX ? ", …" : ""}`]] : [];
    }),
  );
}
