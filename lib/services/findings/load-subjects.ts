import { loadAnnotations } from "@/lib/db/annotations";
import type { Database, Transaction } from "@/lib/db/database";
import { loadMembershipFacts } from "@/lib/db/findings";
import { loadAccounts } from "@/lib/db/inventory";
import { loadUsageHistories } from "@/lib/db/usage-histories";
import { emptyAnnotation } from "@/lib/domain/annotation";
import type { Subject } from "@/lib/domain/finding";
import type { ConnectedOrganization } from "@/lib/services/context";

export type JudgedOrganization = Pick<ConnectedOrganization, "key" | "credentialUsername">;

/** What is known of these accounts, by id; accounts that are not there are absent. */
export async function loadSubjects(
  handle: Database | Transaction,
  { key, credentialUsername }: JudgedOrganization,
  accountIds: readonly number[],
): Promise<Map<number, Subject>> {
  const accounts = await loadAccounts(handle, key, accountIds);
  const memberships = await loadMembershipFacts(handle, key, accountIds);
  const annotations = await loadAnnotations(handle, key, accountIds);
  const histories = await loadUsageHistories(handle, key, accountIds);
  return new Map(
    accounts.map((row): [number, Subject] => {
      const held = memberships.get(row.id);
      return [
        row.id,
        {
          account: {
            username: row.username,
            name: row.name,
            creatorName: row.creator_name,
            creatorEmail: row.creator_email,
            createdAt: row.created_at,
            firstSeenAt: row.first_seen_at,
            expiresAt: row.expires_at,
            lastUsedAt: row.last_used_at,
            highestRole: row.highest_role,
            own: row.username === credentialUsername,
          },
          memberships: {
            projects: row.project_count,
            granted: held?.granted ?? 0,
            organizationRole: held?.organizationRole ?? row.organization_role,
          },
          annotation: annotations.get(row.id) ?? emptyAnnotation,
          history: histories.get(row.id) ?? null,
        },
      ];
    }),
  );
}
