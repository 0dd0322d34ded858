import { z } from "zod";
import { type Annotation, type AnnotationKey, type AnnotationPatch, annotationPatchSchema } from "./annotation";

/** Heads of the columns of an annotation file; a column that is not in a file leaves its field as it is. */
export const csvHeads = {
  owner: "owner",
  ownerKind: "owner kind",
  contact: "contact",
  purpose: "purpose",
  ticket: "ticket",
  tags: "tags",
  leadTimeDays: "lead time days",
  timeZone: "time zone",
  roleReason: "role reason",
  neverReason: "never reason",
  notes: "notes",
} as const satisfies Record<AnnotationKey, string>;
const keys = z.record(z.string(), z.string()).parse(csvHeads);
export const csvKeys = annotationPatchSchema.keyof().options;

/** An annotation as cells, in the order of `csvKeys`; nothing recorded is an empty cell. */
export function toCells(annotation: Annotation): string[] {
  return csvKeys.map((key) => {
    const value = annotation[key];
    return Array.isArray(value) ? value.join(" ") : value === null ? "" : String(value);
  });
}

/** The fields that cells set, an empty cell its field to nothing; or what is wrong, in one sentence. */
export function patchOfCells(
  cells: Partial<Record<AnnotationKey, string>>,
): { patch: AnnotationPatch } | { problem: string } {
  const raw = Object.fromEntries(
    csvKeys.flatMap((key) => {
      const cell = cells[key];
      return cell === undefined ? [] : [[key, valueOfCell(key, cell.trim())]];
    }),
  );
  const parsed = annotationPatchSchema.safeParse(raw);
  if (parsed.success) return { patch: parsed.data };
  const [issue] = parsed.error.issues;
  return { problem: `${keys[String(issue?.path[0])] ?? "row"}: ${issue?.message ?? "cannot be read."}` };
}

function valueOfCell(key: AnnotationKey, cell: string): unknown {
  if (key === "tags") return cell.split(/[\s,;]+/).filter(Boolean);
  if (key === "ownerKind") return cell.toLowerCase() || "person";
  if (cell === "") return null;
  if (key === "leadTimeDays") return /^\d{1,5}$/.test(cell) ? Number(cell) : cell;
  return cell;
}
