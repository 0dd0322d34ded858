import { apiSecurityHeaders } from "./security-headers";

/** The headers of each answer of our API: never stored, never framed, with the reference that the log knows. */
export function answerHeaders(reference: string): Headers {
  const headers = new Headers(apiSecurityHeaders());
  headers.set("cache-control", "no-store");
  headers.set("x-reference", reference);
  return headers;
}
