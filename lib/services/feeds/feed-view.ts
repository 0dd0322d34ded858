import type { FeedRow } from "@/lib/db/feeds";
import { findOrganizations } from "@/lib/db/organizations";
import { type FeedView, feedKindSchema } from "@/lib/domain/feed";
import type { AppContext } from "@/lib/services/context";

/** Feeds as their operator sees them; those of an organization that was removed lead nowhere and are left out. */
export async function viewFeeds({ database }: Pick<AppContext, "database">, rows: readonly FeedRow[]) {
  const keys = [...new Set(rows.map(({ organization_key }) => organization_key))];
  const names = new Map((await findOrganizations(database, keys)).map(({ key, name }) => [key, name]));
  return rows.flatMap((row): FeedView[] => {
    const organizationName = names.get(row.organization_key);
    if (organizationName === undefined) return [];
    return [
      {
        id: row.id,
        organizationKey: row.organization_key,
        organizationName,
        kind: feedKindSchema.parse(row.kind),
        owner: row.owner,
        createdAt: row.created_at,
        lastReadAt: row.last_read_at,
      },
    ];
  });
}
