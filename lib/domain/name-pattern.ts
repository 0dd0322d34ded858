/** Whether the whole name has one of these forms. */
export function fitsAnyPattern(name: string, patterns: readonly { pattern: string }[]): boolean {
  return patterns.some(({ pattern }) => wholeName(pattern).test(name));
}

/** A pattern as it is compared: with the whole name, and with all of Unicode. */
export function wholeName(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, "u");
}
