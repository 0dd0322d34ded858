import type { z } from "zod";
import { isRecord, wellFormed } from "./wire-values";

const REASON_MAX = 500;
export type Read<T> =
  | { kind: "value"; value: T }
  | { kind: "refused"; reason?: string }
  | { kind: "bad"; reason: string };

function parseJson(body: Buffer): { json: unknown } | null {
  try {
    return { json: JSON.parse(new TextDecoder().decode(body)) };
  } catch {
    // The parser's own message quotes the answer, which may hold a secret.
    return null;
  }
}

function plainText(text: unknown, redact: (text: string) => string): string | undefined {
  if (typeof text !== "string") return undefined;
  const plain = redact(text).replace(/[\p{Cc}\s]+/gu, " ");
  return wellFormed(plain.trim().slice(0, REASON_MAX)) || undefined;
}

/** Mixpanel's own reason in an error answer, as plain text without secrets; undefined when it gives none. */
export function readReason(body: Buffer, redact: (text: string) => string): string | undefined {
  const json = parseJson(body)?.json;
  return isRecord(json) ? plainText(json.error, redact) : undefined;
}

/** Reads the body of a 2xx answer by its schema. The reasons never quote the body. */
export function readBody<T>(body: Buffer, schema: z.ZodType<T>, redact: (text: string) => string): Read<T> {
  const parsed = parseJson(body);
  if (!parsed) {
    const page = /^\s*</.test(body.subarray(0, 100).toString("latin1"));
    return { kind: "bad", reason: page ? "It is a page instead of data." : "It is not JSON, or was cut off." };
  }
  if (isRecord(parsed.json) && parsed.json.status === "error") {
    return { kind: "refused", reason: plainText(parsed.json.error, redact) };
  }
  const result = schema.safeParse(parsed.json);
  if (result.success) return { kind: "value", value: result.data };
  const path = result.error.issues[0]?.path.join(".");
  return { kind: "bad", reason: path ? `Its field ${path} cannot be read.` : "It has another form than expected." };
}
