import { randomUUID } from "node:crypto";
import type { Database } from "@/lib/db/database";
import { takeTicket } from "@/lib/db/inventory-touches";
import { updateOrganization } from "@/lib/db/organizations";
import type { Membership } from "@/lib/domain/membership";
import type { ServiceAccount } from "@/lib/domain/service-account";
import type { OrganizationContext } from "@/lib/services/context";
import { replaceInventory } from "@/lib/services/inventory/replace";
import { toStoredMemberships } from "@/lib/services/inventory/stored-form";

type Seed = { accounts: ServiceAccount[]; projects: { id: number; name: string }[]; memberships: Membership[] };

/** An account with nothing special about it. */
export function seedAccount(id: number, fields: Partial<ServiceAccount> = {}): ServiceAccount {
  return {
    id,
    username: `job-${id}.95a0b8.mp-service-account`,
    creatorId: null,
    creatorName: null,
    creatorEmail: null,
    createdAt: null,
    expiresAt: null,
    lastUsedAt: null,
    ...fields,
  };
}

export function seedMembership(accountId: number, projectId: number, role: string, grant = "individual"): Membership {
  return { accountId, projectId, role, grant, sensitiveAccess: null };
}

/** Stores an inventory of the test's choice as if it had just been synced. */
export async function seedInventory(context: OrganizationContext, { accounts, projects, memberships }: Seed) {
  const { database, organization, now } = context;
  const at = now().toISOString();
  const byProject = new Map(projects.map(({ id }) => [id, [] as Membership[]]));
  for (const membership of memberships) byProject.get(membership.projectId)?.push(membership);
  const members = new Map([...byProject].map(([id, held]) => [id, toStoredMemberships(organization.key, held)]));
  const ticket = await takeTicket(database, organization.key);
  const listed = projects.map((project) => ({ ...project, region: "us" as const, timezone: null }));
  const reading = { ticket, at, accounts, projects: listed, members, problems: new Map<number, string>() };
  await replaceInventory(context, organization.key, reading, (transaction) =>
    updateOrganization(transaction, organization.key, { synced_at: at, sync_attempted_at: at }),
  );
}

/** An operation about an account, in any state. */
export async function seedOperation(database: Database, organizationKey: string, accountId: number, state: string) {
  const id = randomUUID();
  await database
    .insertInto("operations")
    .values({
      id,
      batch_id: id,
      organization_key: organizationKey,
      kind: "delete",
      state,
      actor_id: "operator-2",
      actor_name: "Mona",
      account_id: accountId,
      account_name: `job-${accountId}`,
      input: "{}",
      before_state: "{}",
      prepared_at: new Date().toISOString(),
    })
    .execute();
  return id;
}
