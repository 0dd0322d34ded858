import type { StoredAccount, StoredMembership } from "@/lib/db/inventory-rows";
import type { MembershipInput } from "@/lib/domain/operation-detail";
import type { WritableRole } from "@/lib/domain/role";
import type { Change } from "@/lib/services/operations/prepare-operations";

/** Accounts that one upstream call takes at most. */
const ACCOUNTS_PER_CALL = 100;

type ProjectChange = {
  kind: "assign" | "remove";
  project: { id: number; name: string };
  role: WritableRole | null;
  accounts: readonly StoredAccount[];
  before: readonly StoredMembership[];
};

/** The operations that change these accounts in one project. */
export function membershipChanges({ kind, project, role, accounts, before }: ProjectChange): Change[] {
  const changes: Change[] = [];
  for (let start = 0; start < accounts.length; start += ACCOUNTS_PER_CALL) {
    const slice = accounts.slice(start, start + ACCOUNTS_PER_CALL);
    const ids = new Set(slice.map((account) => account.id));
    const [only, ...more] = slice;
    const single = only !== undefined && more.length === 0;
    const input: MembershipInput = { accounts: slice.map(({ id, name }) => ({ id, name })), role };
    changes.push({
      kind,
      accountId: single ? only.id : null,
      accountName: single ? only.name : `${slice.length} service accounts`,
      projectId: project.id,
      projectName: project.name,
      input,
      beforeState: { memberships: before.filter((row) => ids.has(row.account_id)).map(asBefore) },
    });
  }
  return changes;
}

function asBefore(row: StoredMembership) {
  return { accountId: row.account_id, projectId: row.project_id, role: row.role, grant: row.grant_type };
}
