import type { Kysely, Selectable } from "kysely";
import { z } from "zod";
import { type Annotation, type AnnotationView, annotationViewSchema, emptyAnnotation } from "@/lib/domain/annotation";
import { inBatches } from "./in-batches";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;
type Row = Selectable<Tables["annotations"]>;
const tagsSchema = z.array(z.string());

/** What is recorded of these accounts; those without a row are absent. */
export async function loadAnnotations(
  handle: Handle,
  key: string,
  accountIds: readonly number[],
): Promise<Map<number, AnnotationView>> {
  const found = new Map<number, AnnotationView>();
  await inBatches(accountIds, async (batch) => {
    const rows = handle.selectFrom("annotations").selectAll().where("organization_key", "=", key);
    for (const row of await rows.where("account_id", "in", batch).execute()) found.set(row.account_id, toView(row));
  });
  return found;
}

/** The same for a whole organization. */
export async function loadAllAnnotations(handle: Handle, key: string): Promise<Map<number, AnnotationView>> {
  const rows = await handle.selectFrom("annotations").selectAll().where("organization_key", "=", key).execute();
  return new Map(rows.map((row) => [row.account_id, toView(row)]));
}

export async function findAnnotation(handle: Handle, key: string, accountId: number): Promise<AnnotationView> {
  const found = (await loadAnnotations(handle, key, [accountId])).get(accountId);
  return found ?? { ...emptyAnnotation, updatedBy: null, updatedAt: null };
}

const noteColumns = ["account_id", "owner", "purpose", "ticket", "tags", "lead_time_days"] as const;
export type StoredNote = Pick<Row, (typeof noteColumns)[number]>;

/** The part of annotations that lists filter and sort by, of these accounts or of all. */
export async function loadNotes(
  handle: Handle,
  key: string,
  accountIds?: readonly number[],
): Promise<Map<number, StoredNote>> {
  const query = handle.selectFrom("annotations").select(noteColumns).where("organization_key", "=", key);
  if (!accountIds) return new Map((await query.execute()).map((row) => [row.account_id, row]));
  const found = new Map<number, StoredNote>();
  await inBatches(accountIds, async (batch) => {
    for (const row of await query.where("account_id", "in", batch).execute()) found.set(row.account_id, row);
  });
  return found;
}

/** Writes an annotation whole. */
export async function saveAnnotation(
  handle: Handle,
  { organizationKey, accountId }: { organizationKey: string; accountId: number },
  annotation: Annotation,
  { by, at }: { by: string; at: string },
): Promise<void> {
  const values = { ...toColumns(annotation), updated_by: by, updated_at: at };
  await handle
    .insertInto("annotations")
    .values({ organization_key: organizationKey, account_id: accountId, ...values })
    .onConflict((conflict) => conflict.columns(["organization_key", "account_id"]).doUpdateSet(values))
    .execute();
}

function toColumns(annotation: Annotation): Omit<Row, "organization_key" | "account_id" | "updated_by" | "updated_at"> {
  return {
    owner: annotation.owner,
    owner_kind: annotation.ownerKind,
    contact: annotation.contact,
    purpose: annotation.purpose,
    ticket: annotation.ticket,
    tags: JSON.stringify(annotation.tags),
    lead_time_days: annotation.leadTimeDays,
    time_zone: annotation.timeZone,
    role_reason: annotation.roleReason,
    never_reason: annotation.neverReason,
    notes: annotation.notes,
  };
}

function toView(row: Row): AnnotationView {
  return annotationViewSchema.parse({
    owner: row.owner,
    ownerKind: row.owner_kind,
    contact: row.contact,
    purpose: row.purpose,
    ticket: row.ticket,
    tags: tagsSchema.parse(JSON.parse(row.tags)),
    leadTimeDays: row.lead_time_days,
    timeZone: row.time_zone,
    roleReason: row.role_reason,
    neverReason: row.never_reason,
    notes: row.notes,
    updatedBy: row.updated_by,
    updatedAt: row.updated_at,
  });
}
