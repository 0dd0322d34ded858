/** The requests whose answers hand a secret over: to create an account, and to open its secret again. */
const handsOver = /^POST \S+\/(service-accounts|secret)$/;

/** An answer without the one secret that it may hold because it is what was asked for. */
export function withoutHandedOver(line: string, text: string): string {
  return handsOver.test(line) ? text.replace(/"secret":"[^"]*"/, "") : text;
}
