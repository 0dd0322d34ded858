import type { Policy } from "./policy";

/** What differs between two policies, which have the same settings: `rules.silent.fallbackDays` → `90 → 30`. */
export function policyDifference(before: Policy, after: Policy): Record<string, string> {
  const later = settingsOf(after);
  const differing = [...settingsOf(before)].filter(([name, value]) => value !== later.get(name));
  return Object.fromEntries(differing.map(([name, value]) => [name, `${value} → ${later.get(name)}`]));
}

/** Lists are compared whole: what was added to them is easier read than the numbers of its places. */
function settingsOf(value: unknown, path: readonly string[] = []): Map<string, string> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return new Map([[path.join("."), words(value)]]);
  }
  return new Map(Object.entries(value).flatMap(([name, inner]) => [...settingsOf(inner, [...path, name])]));
}

function words(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  if (value.length === 0) return "none";
  return value.map((entry: unknown) => (typeof entry === "object" ? JSON.stringify(entry) : String(entry))).join(", ");
}
