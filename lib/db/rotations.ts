import type { Kysely, Selectable, Updateable } from "kysely";
import { z } from "zod";
import { plannedMembershipSchema, replacementPlanSchema } from "@/lib/domain/replacement-plan";
import { proofKindSchema, rotationKindSchema, rotationOutcomeSchema, rotationStepSchema } from "@/lib/domain/rotation";
import { rotationEvidenceSchema } from "@/lib/domain/rotation-evidence";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;
type Row = Selectable<Tables["rotations"]>;
type Change = Updateable<Tables["rotations"]>;
export type StoredRotation = ReturnType<typeof parseRow>;
export type NewRotation = Pick<
  Row,
  | "id"
  | "organization_key"
  | "campaign_id"
  | "kind"
  | "step"
  | "predecessor_id"
  | "predecessor_username"
  | "predecessor_expires_at"
  | "replacement_name"
  | "plan"
  | "hand_over_due"
  | "started_by"
  | "started_at"
>;

export async function insertRotation(handle: Handle, rotation: NewRotation): Promise<void> {
  await handle.insertInto("rotations").values(rotation).execute();
}

export async function findRotation(handle: Handle, key: string, id: string): Promise<StoredRotation | undefined> {
  const row = await handle
    .selectFrom("rotations")
    .selectAll()
    .where("organization_key", "=", key)
    .where("id", "=", id)
    .executeTakeFirst();
  return row && parseRow(row);
}

/** The open rotation that this account is a side of. */
export async function findOpenRotationOf(
  handle: Handle,
  key: string,
  accountId: number,
): Promise<StoredRotation | undefined> {
  const row = await handle
    .selectFrom("rotations")
    .selectAll()
    .where("organization_key", "=", key)
    .where("ended_at", "is", null)
    .where((where) => where.or([where("predecessor_id", "=", accountId), where("replacement_id", "=", accountId)]))
    .orderBy("started_at", "desc")
    .executeTakeFirst();
  return row && parseRow(row);
}

export async function findRotationOfIssue(
  handle: Handle,
  key: string,
  batchId: string,
): Promise<StoredRotation | undefined> {
  const row = await handle
    .selectFrom("rotations")
    .selectAll()
    .where("organization_key", "=", key)
    .where("issue_batch_id", "=", batchId)
    .executeTakeFirst();
  return row && parseRow(row);
}

export async function listOpenRotations(handle: Handle, key: string): Promise<StoredRotation[]> {
  const rows = handle.selectFrom("rotations").selectAll().where("organization_key", "=", key);
  return (await rows.where("ended_at", "is", null).orderBy("started_at").orderBy("id").execute()).map(parseRow);
}

export async function listEndedRotations(handle: Handle, key: string, limit: number): Promise<StoredRotation[]> {
  const rows = handle.selectFrom("rotations").selectAll().where("organization_key", "=", key);
  const ended = rows.where("ended_at", "is not", null).orderBy("ended_at", "desc").orderBy("id").limit(limit);
  return (await ended.execute()).map(parseRow);
}

/** Every rotation that one of these accounts was the predecessor of. */
export async function listRotationsOf(
  handle: Handle,
  key: string,
  predecessorIds: readonly number[],
): Promise<StoredRotation[]> {
  if (predecessorIds.length === 0) return [];
  const rows = handle.selectFrom("rotations").selectAll().where("organization_key", "=", key);
  return (
    await rows
      .where("predecessor_id", "in", [...predecessorIds])
      .orderBy("started_at")
      .execute()
  ).map(parseRow);
}

/** The names that rotations have chosen, used or not. */
export async function listReplacementNames(handle: Handle, key: string): Promise<string[]> {
  const rows = await handle
    .selectFrom("rotations")
    .select("replacement_name")
    .where("organization_key", "=", key)
    .execute();
  return rows.map((row) => row.replacement_name);
}

/** Writes to a rotation that is still open at the step; answers whether it was. */
export async function updateRotation(
  handle: Handle,
  { id, step }: Pick<StoredRotation, "id" | "step">,
  change: Change,
): Promise<boolean> {
  const { numUpdatedRows } = await handle
    .updateTable("rotations")
    .set(change)
    .where("id", "=", id)
    .where("step", "=", step)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

function parseRow(row: Row) {
  const json = <T>(schema: z.ZodType<T>, text: string | null): T | null =>
    text === null ? null : schema.parse(JSON.parse(text));
  return {
    id: row.id,
    organizationKey: row.organization_key,
    campaignId: row.campaign_id,
    kind: rotationKindSchema.parse(row.kind),
    step: rotationStepSchema.parse(row.step),
    predecessorId: row.predecessor_id,
    predecessorUsername: row.predecessor_username,
    predecessorExpiresAt: row.predecessor_expires_at,
    replacementName: row.replacement_name,
    replacementId: row.replacement_id,
    replacementUsername: row.replacement_username,
    plan: replacementPlanSchema.parse(JSON.parse(row.plan)),
    issueBatchId: row.issue_batch_id,
    discardBatchId: row.discard_batch_id,
    deleteBatchId: row.delete_batch_id,
    issuedBy: row.issued_by,
    issuedAt: row.issued_at,
    handOverDue: row.hand_over_due,
    handedOverBy: row.handed_over_by,
    handedOverAt: row.handed_over_at,
    ownUseUntil: row.own_use_until,
    provenAt: row.proven_at,
    provenHow: proofKindSchema.nullable().parse(row.proven_how),
    replacementUsedAt: row.replacement_used_at,
    predecessorUsedAt: row.predecessor_used_at,
    overlapUntil: row.overlap_until,
    quarantinedAt: row.quarantined_at,
    removedMemberships: json(z.array(plannedMembershipSchema), row.removed_memberships) ?? [],
    restoredAt: row.restored_at,
    evidence: json(rotationEvidenceSchema, row.evidence),
    startedBy: row.started_by,
    startedAt: row.started_at,
    endedBy: row.ended_by,
    endedAt: row.ended_at,
    outcome: rotationOutcomeSchema.nullable().parse(row.outcome),
  };
}
