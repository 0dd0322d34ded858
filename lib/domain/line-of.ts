/** Text of unknown origin as one line: line breaks, control characters and changes of writing direction become spaces. */
export function lineOf(text: string): string {
  return text.replace(/[\p{Cc}\p{Surrogate}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+/gu, " ").trim();
}
