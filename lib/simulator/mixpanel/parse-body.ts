import type { z } from "zod";
import { Refusal } from "./answer";

const REASONS_SHOWN = 5;

function place(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return text.replace(/^\./, "") || "body";
}

function parseJson(body: Buffer): unknown {
  if (body.length === 0) throw new Refusal(400, "The request needs a JSON body.");
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    throw new Refusal(400, "The body is not valid UTF-8.");
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, "The body is not valid JSON.");
  }
}

/** The body in the shape the schema says, or a 400 that names each place that is wrong. */
export function parseBody<T>(schema: z.ZodType<T>, body: Buffer): T {
  const result = schema.safeParse(parseJson(body));
  if (result.success) return result.data;
  const reasons = result.error.issues.map((issue) => `${place(issue.path)}: ${issue.message}`);
  throw new Refusal(400, reasons.slice(0, REASONS_SHOWN).join("; "));
}
