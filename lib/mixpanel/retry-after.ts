import type { ReplyHeaders } from "./transport";

const DAY_MS = 86_400_000;
const httpDatePattern = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Reads an HTTP date (RFC 9110 5.6.7, the form servers must send); null for anything else. */
export function parseHttpDate(value: string | string[] | undefined): Date | null {
  if (typeof value !== "string" || !httpDatePattern.test(value.trim())) return null;
  const milliseconds = Date.parse(value);
  return Number.isNaN(milliseconds) ? null : new Date(milliseconds);
}

/**
 * Milliseconds that `Retry-After` asks for, between 0 and a day; null when missing or junk.
 * A date is measured against the upstream's own clock where the answer tells it.
 */
export function retryAfterOf(headers: ReplyHeaders, now: Date): number | null {
  const value = headers["retry-after"];
  if (typeof value !== "string") return null;
  if (/^\s*\d+\s*$/.test(value)) return Math.min(Number(value) * 1_000, DAY_MS);
  const date = parseHttpDate(value);
  if (date === null) return null;
  const reference = parseHttpDate(headers.date) ?? now;
  return Math.min(Math.max(date.getTime() - reference.getTime(), 0), DAY_MS);
}
