import { z } from "zod";
import type { StoredAccount } from "@/lib/db/inventory-rows";
import type { AccountRow } from "@/lib/domain/inventory-view";
import { splitUsername } from "@/lib/domain/service-account";
import type { ConnectedOrganization } from "@/lib/services/context";

const tagsSchema = z.array(z.string());

export function tagsOf({ tags }: Pick<StoredAccount, "tags">): string[] {
  return tagsSchema.parse(JSON.parse(tags));
}

/** A stored account as operators see it. */
export function toAccountRow(row: StoredAccount, { credentialUsername }: ConnectedOrganization): AccountRow {
  return {
    id: row.id,
    username: row.username,
    name: row.name,
    suffix: splitUsername(row.username).suffix,
    creatorId: row.creator_id,
    creatorName: row.creator_name,
    creatorEmail: row.creator_email,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    highestRole: row.highest_role,
    highestGrant: row.highest_grant,
    projectCount: row.project_count,
    owner: row.owner,
    tags: tagsOf(row),
    rotateBy: row.rotate_by,
    own: row.username === credentialUsername,
  };
}
