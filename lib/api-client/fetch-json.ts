import type { z } from "zod";
import { errorAnswerSchema } from "@/lib/domain/app-error";
import { ApiError, ConnectionError } from "./api-error";

export type Send = {
  method?: "GET" | "POST" | "PUT";
  body?: unknown;
  /** From `newIdempotencyKey()`: one per intended change, the same one for each repeat of it. */
  idempotencyKey?: string;
  signal?: AbortSignal;
};

/** A fresh key for one intended change; keep it beside the form so that a repeat carries the same one. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Calls our own API and parses its answer. Throws `ApiError` or `ConnectionError`; an abort passes through. */
export async function fetchJson<Answer>(address: string, schema: z.ZodType<Answer>, send: Send = {}): Promise<Answer> {
  const { method = "GET", signal } = send;
  const change = method !== "GET";
  const headers = new Headers({ accept: "application/json" });
  if (change) headers.set("content-type", "application/json");
  if (send.idempotencyKey) headers.set("idempotency-key", send.idempotencyKey);
  const body = change ? JSON.stringify(send.body ?? {}) : null;

  let response: Response;
  let text: string;
  try {
    response = await fetch(address, { method, headers, body, signal: signal ?? null, credentials: "same-origin" });
    text = await response.text();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ConnectionError("The console cannot be reached.", change, error);
  }
  const value = parseJson(text);
  if (!response.ok) {
    const failure = errorAnswerSchema.safeParse(value);
    if (failure.success) throw new ApiError(failure.data.error, response.status);
    throw new ConnectionError(`The console's answer could not be read (status ${response.status}).`, change);
  }
  const answer = schema.safeParse(value);
  if (!answer.success) {
    throw new ConnectionError("The console's answer could not be read. Reload the page.", change, answer.error);
  }
  return answer.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
