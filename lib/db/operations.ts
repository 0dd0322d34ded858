import type { Kysely, NotNull, Selectable } from "kysely";
import { z } from "zod";
import {
  type OperationKind,
  type OperationState,
  operationCan,
  operationKindSchema,
  operationStateSchema,
  type ReconciledOutcome,
  reconciledOutcomeSchema,
} from "@/lib/domain/operation";
import type { OperationResult } from "@/lib/domain/operation-detail";
import { beforeStateSchema, operationResultSchema } from "@/lib/domain/operation-detail";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;

/** One intended change as it is stored, with its JSON columns parsed; `input` has one schema per kind. */
export type StoredOperation = ReturnType<typeof parseRow>;
export type FinishedOperation = StoredOperation & { finishedAt: string };

export type NewOperation = {
  id: string;
  batchId: string;
  organizationKey: string;
  kind: OperationKind;
  actorId: string;
  actorName: string;
  accountId: number | null;
  accountName: string;
  projectId: number | null;
  projectName: string | null;
  input: Record<string, unknown>;
  beforeState: z.input<typeof beforeStateSchema>;
  preparedAt: string;
};

export async function insertOperations(handle: Handle, operations: readonly NewOperation[]): Promise<void> {
  for (const operation of operations) await handle.insertInto("operations").values(toRow(operation)).execute();
}

export type OperationPatch = {
  outcome?: ReconciledOutcome;
  result?: OperationResult;
  errorCode?: string;
  errorReason?: string | null;
  upstreamStatus?: number | null;
  upstreamReference?: string | null;
  accountId?: number;
  sentAt?: string;
  finishedAt?: string;
};

/** Moves an operation on if it still is where the caller believes it to be; answers whether it did. */
export async function moveOperation(
  handle: Handle,
  id: string,
  from: OperationState,
  to: OperationState,
  patch: OperationPatch,
): Promise<boolean> {
  if (!operationCan.become(from, to)) throw new Error(`An operation never goes from ${from} to ${to}.`);
  const { numUpdatedRows } = await handle
    .updateTable("operations")
    .set({ state: to, ...toColumns(patch) })
    .where("id", "=", id)
    .where("state", "=", from)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Adds to what is known of an operation without moving it. */
export async function noteOperationResult(
  handle: Handle,
  id: string,
  state: OperationState,
  result: OperationResult,
): Promise<void> {
  await handle
    .updateTable("operations")
    .set({ result: JSON.stringify(result) })
    .where("id", "=", id)
    .where("state", "=", state)
    .execute();
}

export async function findOperation(
  handle: Handle,
  organizationKey: string,
  id: string,
): Promise<StoredOperation | undefined> {
  const row = await handle
    .selectFrom("operations")
    .selectAll()
    .where("organization_key", "=", organizationKey)
    .where("id", "=", id)
    .executeTakeFirst();
  return row && parseRow(row);
}

/** The operations of one request, in the order they were prepared in. */
export async function findBatch(handle: Handle, batchId: string | null): Promise<StoredOperation[]> {
  if (batchId === null) return [];
  const rows = await handle
    .selectFrom("operations")
    .selectAll()
    .where("batch_id", "=", batchId)
    .orderBy("prepared_at")
    .orderBy("id")
    .execute();
  return rows.map(parseRow);
}

export async function listOperationsInState(
  handle: Handle,
  organizationKey: string,
  states: readonly OperationState[],
): Promise<StoredOperation[]> {
  const rows = await handle
    .selectFrom("operations")
    .selectAll()
    .where("organization_key", "=", organizationKey)
    .where("state", "in", [...states])
    .orderBy("prepared_at", "desc")
    .orderBy("id", "desc")
    .execute();
  return rows.map(parseRow);
}

export async function listFinishedOperations(
  handle: Handle,
  organizationKey: string,
  limit: number,
): Promise<FinishedOperation[]> {
  const rows = await handle
    .selectFrom("operations")
    .selectAll()
    .where("organization_key", "=", organizationKey)
    .where("state", "in", ["succeeded", "failed", "reconciled"])
    .where("finished_at", "is not", null)
    .$narrowType<{ finished_at: NotNull }>()
    .orderBy("prepared_at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...parseRow(row), finishedAt: row.finished_at }));
}

/** One operation that is known to be stored; throws if it is not. */
export async function getStoredOperation(
  handle: Handle,
  organizationKey: string,
  id: string,
): Promise<StoredOperation> {
  const operation = await findOperation(handle, organizationKey, id);
  if (!operation) throw new Error("An operation that was stored is gone.");
  return operation;
}

/** Which of these accounts a create operation is already known to have made; `ids` names one at least. */
export async function findCreatedAccountIds(handle: Handle, organizationKey: string, ids: number[]): Promise<number[]> {
  const rows = await handle
    .selectFrom("operations")
    .select("account_id")
    .where("organization_key", "=", organizationKey)
    .where("kind", "=", "create")
    .where("account_id", "in", ids)
    .$narrowType<{ account_id: number }>()
    .execute();
  return rows.map((row) => row.account_id);
}

/** When this operator's deletions since then were sent, or are about to be; those known not to have happened are left out. */
export async function listDeletionTimes(handle: Handle, operatorId: string, since: string): Promise<string[]> {
  const rows = await handle
    .selectFrom("operations")
    .select(({ fn }) => fn.coalesce("sent_at", "prepared_at").as("at"))
    .where("kind", "=", "delete")
    .where("actor_id", "=", operatorId)
    .where("prepared_at", ">=", since)
    .where("state", "!=", "failed")
    .where((where) => where.or([where("outcome", "is", null), where("outcome", "!=", "did_not_happen")]))
    .orderBy("prepared_at")
    .execute();
  return rows.map((row) => row.at);
}

function toRow(operation: NewOperation) {
  return {
    id: operation.id,
    batch_id: operation.batchId,
    organization_key: operation.organizationKey,
    kind: operation.kind,
    state: "prepared" satisfies OperationState,
    actor_id: operation.actorId,
    actor_name: operation.actorName,
    account_id: operation.accountId,
    account_name: operation.accountName,
    project_id: operation.projectId,
    project_name: operation.projectName,
    input: JSON.stringify(operation.input),
    before_state: JSON.stringify(operation.beforeState),
    prepared_at: operation.preparedAt,
  };
}

function toColumns(patch: OperationPatch) {
  return {
    outcome: patch.outcome,
    result: patch.result && JSON.stringify(patch.result),
    error_code: patch.errorCode,
    error_reason: patch.errorReason,
    upstream_status: patch.upstreamStatus,
    upstream_reference: patch.upstreamReference,
    account_id: patch.accountId,
    sent_at: patch.sentAt,
    finished_at: patch.finishedAt,
  };
}

function parseRow(row: Selectable<Tables["operations"]>) {
  return {
    id: row.id,
    batchId: row.batch_id,
    organizationKey: row.organization_key,
    kind: operationKindSchema.parse(row.kind),
    state: operationStateSchema.parse(row.state),
    outcome: reconciledOutcomeSchema.nullable().parse(row.outcome),
    actorId: row.actor_id,
    actorName: row.actor_name,
    accountId: row.account_id,
    accountName: row.account_name,
    projectId: row.project_id,
    projectName: row.project_name,
    input: z.record(z.string(), z.unknown()).parse(JSON.parse(row.input)),
    beforeState: beforeStateSchema.parse(JSON.parse(row.before_state)),
    result: operationResultSchema.parse(JSON.parse(row.result ?? "{}")),
    errorCode: row.error_code,
    errorReason: row.error_reason,
    upstreamStatus: row.upstream_status,
    upstreamReference: row.upstream_reference,
    preparedAt: row.prepared_at,
    sentAt: row.sent_at,
    finishedAt: row.finished_at,
    aliveAt: row.alive_at,
  };
}
