/** Everything of one organization lies under its key: invalidating `organization(key)` refreshes all its screens. */
export const queryKeys = {
  operator: ["operator"] as const,
  operators: ["operators"] as const,
  feeds: ["operator", "feeds"] as const,
  ownSessions: ["operator", "sessions"] as const,
  organizations: ["organizations"] as const,
  organization: (key: string) => ["organizations", key] as const,
  part: (key: string, part: string, detail?: unknown) =>
    detail === undefined ? (["organizations", key, part] as const) : (["organizations", key, part, detail] as const),
};

/** Keeps the last page on screen while the next loads, but never another organization's. */
export function keepWithin(key: string) {
  return <T>(previous: T | undefined, query: { queryKey: readonly unknown[] } | undefined): T | undefined =>
    query?.queryKey[1] === key ? previous : undefined;
}
