import { formsOf, type NamedSecret } from "./named-secrets";

const PREFIX = 8;

/** As `secretsIn`, for many secrets in many texts: it walks each text once, however many secrets there are. */
export function createSecretFinder(secrets: readonly NamedSecret[]): (text: string) => string[] {
  const byPrefix = new Map<string, { name: string; form: string }[]>();
  const beginnings = new Set<number>();
  for (const secret of secrets) {
    for (const form of formsOf(secret)) {
      const prefix = form.slice(0, PREFIX);
      byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), { name: secret.name, form }]);
      beginnings.add(beginningOf(form, 0));
    }
  }
  return (text) => {
    const found = new Set<string>();
    for (let at = 0; at + PREFIX <= text.length; at += 1) {
      if (!beginnings.has(beginningOf(text, at))) continue;
      for (const { name, form } of byPrefix.get(text.slice(at, at + PREFIX)) ?? []) {
        if (text.startsWith(form, at)) found.add(name);
      }
    }
    return [...found];
  };
}

/** The first two characters as one number. */
function beginningOf(text: string, at: number): number {
  return text.charCodeAt(at) * 0x1_00_00 + text.charCodeAt(at + 1);
}
