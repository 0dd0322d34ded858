import { findAccountIdsByUsername } from "@/lib/db/change-targets";
import type { Database, Transaction } from "@/lib/db/database";
import { type Annotation, annotationSchema } from "@/lib/domain/annotation";
import { changedKeys, withFields } from "@/lib/domain/annotation-change";
import { patchOfCells } from "@/lib/domain/annotation-csv";
import type { ImportLine, ImportRow } from "@/lib/domain/annotation-import";
import type { Annotated } from "./write-annotations";

/** A row with the state its preview was made from; without one it is the preview. */
type Row = ImportRow & { seen?: string | null };
export type ImportPlan = { lines: ImportLine[]; next: Map<number, Annotation> };

/** The accounts that rows name, by username. */
export async function findNamed(handle: Database | Transaction, organizationKey: string, rows: readonly Row[]) {
  const byUsername = await findAccountIdsByUsername(
    handle,
    organizationKey,
    rows.map(({ username }) => username).filter(Boolean),
  );
  const byId = rows.map(({ accountId }) => idOf(accountId)).filter((id) => id !== null);
  return { byUsername, ids: [...new Set([...byUsername.values(), ...byId])] };
}

/** What each row would change, over what is stored now. */
export function planImport(
  rows: readonly Row[],
  byUsername: ReadonlyMap<string, number>,
  stored: ReadonlyMap<number, Annotated>,
): ImportPlan {
  const plan: ImportPlan = { lines: [], next: new Map() };
  for (const row of rows) plan.lines.push(planRow(row, byUsername, stored, plan.next));
  return plan;
}

function planRow(
  row: Row,
  byUsername: ReadonlyMap<string, number>,
  stored: ReadonlyMap<number, Annotated>,
  next: Map<number, Annotation>,
): ImportLine {
  const line = { line: row.line, accountId: null, accountName: null, seen: null, fields: [] };
  const byId = idOf(row.accountId);
  const byName = byUsername.get(row.username) ?? null;
  if (row.accountId === "" && row.username === "") {
    return { ...line, outcome: "invalid", reason: "It names no service account: id and username are empty." };
  }
  if (row.accountId !== "" && row.username !== "" && byName !== null && byId !== byName) {
    return { ...line, outcome: "invalid", reason: "Its id and its username are of different service accounts." };
  }
  const annotated = stored.get((row.accountId === "" ? byName : byId) ?? 0);
  if (!annotated) {
    const name = row.accountId === "" ? row.username : `id ${row.accountId}`;
    return { ...line, outcome: "unknown", reason: `No service account with ${name} is in the inventory.` };
  }
  const { account, annotation } = annotated;
  const found = { ...line, accountId: account.id, accountName: account.name, seen: annotation.updatedAt };
  if (next.has(account.id)) {
    return { ...found, outcome: "conflict", reason: "An earlier line names the same service account." };
  }
  const read = patchOfCells(row.cells);
  if ("problem" in read) return { ...found, outcome: "invalid", reason: read.problem };
  if (row.seen !== undefined && row.seen !== annotation.updatedAt) {
    const who = annotation.updatedBy ?? "Somebody";
    return { ...found, outcome: "conflict", reason: `${who} has changed it since the preview.` };
  }
  const { tags = annotation.tags, ...set } = read.patch;
  const after = annotationSchema.parse({ ...withFields(annotation, { set, addTags: [], removeTags: [] }), tags });
  const fields = changedKeys(annotation, after);
  next.set(account.id, after);
  return { ...found, outcome: fields.length > 0 ? "changed" : "unchanged", reason: null, fields };
}

/** A whole number as Mixpanel's ids are; anything else names nothing. */
function idOf(text: string): number | null {
  return /^[1-9]\d{0,15}$/.test(text) ? Number(text) : null;
}
