/** PostgreSQL has no NUL, and UTF-8 no half surrogates: both become the replacement character, on both databases. */
export function storableText<T extends string | null>(text: T): T;
export function storableText(text: string | null): string | null {
  return text === null ? null : text.replace(/[\0\p{Surrogate}]/gu, "\ufffd");
}
