import { z } from "zod";
import { AppError } from "@/lib/domain/app-error";

const FIELDS_MAX = 50;

/** Parses a part of a request; each wrong field is named with its reason, none with its value. */
export function parseInput<Value>(schema: z.ZodType<Value>, input: unknown): Value {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields = new Map<string, string>();
  for (const issue of parsed.error.issues.slice(0, FIELDS_MAX)) {
    const field = issue.path.join(".");
    if (!fields.has(field)) fields.set(field, issue.message);
  }
  throw new AppError("bad_request", { fields: Object.fromEntries(fields) });
}

/** The address's parameters as an object; of a repeated one the last counts. */
export function searchParameters(address: string): Record<string, string> {
  return Object.fromEntries(new URL(address).searchParams);
}

/** Without a schema the part is not read at all: the handler sees nothing of it. */
export function parseOptional<Value>(schema: z.ZodType<Value> | undefined, input: unknown): Value {
  return schema ? parseInput(schema, input) : z.custom<Value>().parse(undefined);
}
