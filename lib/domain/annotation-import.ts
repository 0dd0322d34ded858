import { z } from "zod";
import { annotationKeys } from "./annotation";
import { instantSchema } from "./service-account";

export const IMPORT_ROWS_MAX = 200;

/** One line of a file: which account, by id or username, and the cells that its columns hold. */
const importRowSchema = z.object({
  line: z.number().int().positive(),
  accountId: z.string().trim().max(20).default(""),
  username: z.string().trim().max(600).default(""),
  cells: z.partialRecord(z.enum(annotationKeys), z.string().max(4_000)),
});
export type ImportRow = z.infer<typeof importRowSchema>;

export const importPreviewInputSchema = z.object({ rows: z.array(importRowSchema).min(1).max(IMPORT_ROWS_MAX) });
export type ImportPreviewInput = z.infer<typeof importPreviewInputSchema>;

/** Each row with the state its preview was made from. */
export const importInputSchema = z.object({
  rows: z
    .array(importRowSchema.extend({ seen: instantSchema.nullable() }))
    .min(1)
    .max(IMPORT_ROWS_MAX),
});
export type ImportInput = z.infer<typeof importInputSchema>;

export const importOutcomes = ["changed", "unchanged", "unknown", "invalid", "conflict"] as const;
export const importLineSchema = z.object({
  line: z.number().int(),
  /** `conflict`: somebody changed it after the preview, or an earlier line names the same account. */
  outcome: z.enum(importOutcomes),
  reason: z.string().nullable(),
  accountId: z.number().int().nullable(),
  accountName: z.string().nullable(),
  seen: instantSchema.nullable(),
  fields: z.array(z.enum(annotationKeys)),
});
export type ImportLine = z.infer<typeof importLineSchema>;
export const importAnswerSchema = z.object({ lines: z.array(importLineSchema) });
export type ImportAnswer = z.infer<typeof importAnswerSchema>;
