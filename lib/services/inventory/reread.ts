import type { Transaction } from "@/lib/db/database";
import { inTransaction } from "@/lib/db/in-transaction";
import { loadAccounts, loadMembershipsOfAccounts, loadProjectIds, loadProjects } from "@/lib/db/inventory";
import { loadTouches, lockInventory, recordTouches, takeTicket } from "@/lib/db/inventory-touches";
import { deleteAccounts, insertMemberships, saveAccounts } from "@/lib/db/inventory-writes";
import { updateProjectProblem } from "@/lib/db/projects";
import { AppError } from "@/lib/domain/app-error";
import type { CreateInput } from "@/lib/domain/change";
import type { Membership } from "@/lib/domain/membership";
import { regionSchema } from "@/lib/domain/region";
import type { ServiceAccount } from "@/lib/domain/service-account";
import { getServiceAccount, listProjectServiceAccounts } from "@/lib/mixpanel/operations";
import { deriveAccountColumns } from "./derive";
import { deriveLife } from "./derive-life";
import { sampleUsage } from "./sample-usage";
import { type ProjectReading, rederiveProjects, storeProjectReadings } from "./store-members";
import { toStoredAccount, toStoredMemberships } from "./stored-form";
import type { SyncContext } from "./sync-context";

export type RereadProject = { members: Membership[] } | { error: AppError };

/** Reads an account anew and stores it; null when Mixpanel has it no more, and then its rows are gone too. */
export async function rereadAccount(context: SyncContext, accountId: number): Promise<ServiceAccount | null> {
  const { database, organization, now } = context;
  const ticket = await takeTicket(database, organization.key);
  const at = now().toISOString();
  try {
    const { value } = await getServiceAccount(organization.upstream, accountId);
    const reading = { account: value, ticket, at };
    await inTransaction(database, (transaction) => storeAccount(transaction, organization.key, reading));
    return value;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "upstream_not_found") throw error;
    await inTransaction(database, (transaction) => removeAccountRows(transaction, organization.key, [accountId]));
    return null;
  }
}

/**
 * Reads the members of projects anew after a change and stores them. A project that cannot be read, or is not in the
 * inventory, answers its error; the stored members then stay and the project is marked.
 */
export async function rereadProjects(
  context: SyncContext,
  projectIds: readonly number[],
): Promise<Map<number, RereadProject>> {
  const { database, organization, now } = context;
  const missing = () => new AppError("not_found", { reason: "This project is not in the inventory." });
  const answers = new Map<number, RereadProject>(projectIds.map((id) => [id, { error: missing() }]));
  const ticket = await takeTicket(database, organization.key);
  const at = now().toISOString();
  const readings = new Map<number, ProjectReading>();
  const readOne = async (id: number, region: string) => {
    try {
      const project = { id, region: regionSchema.parse(region) };
      const { value } = await listProjectServiceAccounts(organization.upstream, project);
      answers.set(id, { members: value.memberships });
      readings.set(id, { ticket, at, members: toStoredMemberships(organization.key, value.memberships) });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      answers.set(id, { error });
    }
  };
  const projects = await loadProjects(database, organization.key, projectIds);
  await Promise.all(projects.map(({ id, region }) => readOne(id, region)));
  await inTransaction(database, async (transaction) => {
    await storeProjectReadings(transaction, organization.key, readings);
    for (const [id, answer] of answers) {
      if ("members" in answer) continue;
      await updateProjectProblem(transaction, organization.key, id, answer.error.reason);
    }
  });
  return answers;
}

/** Stores what is known of accounts deleted at Mixpanel; no reading that began before brings them back. */
export async function removeAccountRows(
  transaction: Transaction,
  organizationKey: string,
  accountIds: readonly number[],
): Promise<void> {
  const ticket = await takeTicket(transaction, organizationKey);
  const memberships = await loadMembershipsOfAccounts(transaction, organizationKey, accountIds);
  await deleteAccounts(transaction, organizationKey, accountIds);
  await rederiveProjects(transaction, organizationKey, [...new Set(memberships.map((row) => row.project_id))]);
  await recordTouches(transaction, organizationKey, "account", accountIds, ticket);
}

/**
 * Stores an account that Keywarden created: individually in the projects of its input and, as an owner or admin of the
 * organization, in every project (roles: https://docs.mixpanel.com/docs/orgs-and-projects/roles-and-permissions).
 * Re-reading those projects later replaces this knowledge by what Mixpanel shows.
 */
export async function insertCreatedAccount(
  transaction: Transaction,
  organizationKey: string,
  created: { account: ServiceAccount; input: Pick<CreateInput, "role" | "projects">; at: Date },
): Promise<void> {
  const { account, input, at } = created;
  const ticket = await takeTicket(transaction, organizationKey);
  await deleteAccounts(transaction, organizationKey, [account.id]);
  const projectIds = await loadProjectIds(transaction, organizationKey);
  const grant = (projectId: number, role: string, by: string): Membership => ({
    projectId,
    accountId: account.id,
    role,
    grant: by,
    sensitiveAccess: null,
  });
  const everywhere = input.role === "owner" || input.role === "admin" ? projectIds : [];
  const memberships = toStoredMemberships(organizationKey, [
    ...input.projects.filter(({ id }) => projectIds.includes(id)).map(({ id, role }) => grant(id, role, "individual")),
    ...everywhere.map((id) => grant(id, input.role, "organization")),
  ]);
  const row = {
    ...toStoredAccount(organizationKey, account, at.toISOString()),
    ...deriveAccountColumns(memberships),
    organization_role: input.role,
  };
  await saveAccounts(transaction, [row]);
  await insertMemberships(transaction, memberships);
  await rederiveProjects(transaction, organizationKey, [...new Set(memberships.map((held) => held.project_id))]);
  await recordTouches(transaction, organizationKey, "account", [account.id], ticket);
}

/** Writes an account as it was just read, unless it was created or deleted here meanwhile. */
async function storeAccount(
  transaction: Transaction,
  organizationKey: string,
  { account, ticket, at }: { account: ServiceAccount; ticket: number; at: string },
): Promise<void> {
  await lockInventory(transaction, organizationKey);
  const touches = await loadTouches(transaction, organizationKey);
  if ((touches.accounts.get(account.id) ?? 0) > ticket) return;
  const held = await loadMembershipsOfAccounts(transaction, organizationKey, [account.id]);
  const [stored] = await loadAccounts(transaction, organizationKey, [account.id]);
  const row = { ...toStoredAccount(organizationKey, account, at), ...deriveAccountColumns(held) };
  await saveAccounts(transaction, [row]);
  await sampleUsage(transaction, organizationKey, [row]);
  await deriveLife(transaction, organizationKey, [account.id]);
  if (!stored) await recordTouches(transaction, organizationKey, "account", [account.id], ticket);
}
