import { z } from "zod";
import { parseInstant } from "@/lib/domain/instant";
import { instantSchema } from "@/lib/domain/service-account";

const TEXT_MAX = 1_024;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An id as an integer or as decimal text; beyond what a number holds exactly it is unreadable. */
export const wireId = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,16}$/)
      .transform(Number),
  ])
  .pipe(z.int().positive());

/** Replaces half characters, which a database or a URL would refuse. */
export function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

/** Text that can be stored and shown: no NUL (PostgreSQL refuses it), no half characters, at most 1,024 of them. */
export const wireText = z.string().transform((text) => wellFormed(text.replaceAll("\0", "").slice(0, TEXT_MAX)));

/** Any odd value becomes null: one strange field is no reason to lose the rest. */
export function orNull<T>(schema: z.ZodType<T>) {
  return schema.nullable().catch(null);
}

/** A date as Mixpanel writes it (with Z, an offset or no zone); anything odd, and years beyond four digits, are null. */
export const wireInstant = z
  .unknown()
  .optional()
  .transform((value) => instantSchema.safeParse(parseInstant(value)).data ?? null);

/** Takes the content out of `{status, results}`; an answer without that envelope is its own content. */
export function unwrap(answer: unknown): unknown {
  return isRecord(answer) && Object.hasOwn(answer, "results") ? answer.results : answer;
}
