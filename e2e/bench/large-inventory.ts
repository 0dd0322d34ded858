import type { Database } from "@/lib/db/database";
import { insertMemberships, saveAccounts, saveProjects } from "@/lib/db/inventory-writes";
import { saveConfiguredOrganization } from "@/lib/db/organizations";
import { roleRank, writableRoles } from "@/lib/domain/role";

const DAY = 86_400_000;
const purposes = [
  "nightly export",
  "warehouse sync",
  "release checks",
  "board dashboard",
  "vendor trial",
  "old experiment",
];

/** Stores an inventory of that size: dates spread over two years, five memberships each. */
export async function storeLargeInventory(
  database: Database,
  key: string,
  { accounts, projects, now }: { accounts: number; projects: number; now: Date },
): Promise<void> {
  const day = (offset: number) => new Date(now.getTime() + offset * DAY).toISOString();
  const organization = { key, mixpanelId: 1, name: "Bench", region: "us", credentialUsername: "bench" };
  await saveConfiguredOrganization(database, organization);
  await saveProjects(
    database,
    Array.from({ length: projects }, (_, index) => ({
      organization_key: key,
      id: index + 1,
      name: `Project ${index + 1}`,
      region: "us",
      timezone: null,
      member_count: 0,
      organization_grant_count: 0,
      synced_at: day(0),
      problem: null,
    })),
  );
  await saveAccounts(
    database,
    Array.from({ length: accounts }, (_, index) => {
      const name = `${purposes[index % purposes.length]?.replace(" ", "-")}-${index}`;
      const username = `${name}.${index.toString(16).padStart(6, "0")}.mp-service-account`;
      const creator = `person${index % 40}@example.com`;
      const role = writableRoles[index % writableRoles.length] ?? "consumer";
      return {
        organization_key: key,
        id: index + 1,
        username,
        name,
        search_text: `${username} ${creator}`,
        creator_id: index % 40,
        creator_name: null,
        creator_email: creator,
        created_at: day(-(index % 700)),
        expires_at: index % 5 === 0 ? null : day((index % 400) - 40),
        last_used_at: index % 7 === 0 ? null : day(-(index % 300)),
        highest_role: role,
        highest_role_rank: roleRank(role),
        highest_grant: "individual",
        project_count: 5,
        organization_role: null,
        first_seen_at: day(-1),
        rotate_by: null,
        silent_from: null,
        owner: null,
        tags: "[]",
        note_text: "",
      };
    }),
  );
  await insertMemberships(
    database,
    Array.from({ length: accounts * 5 }, (_, index) => ({
      organization_key: key,
      project_id: ((Math.floor(index / 5) * 31 + (index % 5) * 97) % projects) + 1,
      account_id: Math.floor(index / 5) + 1,
      grant_type: "individual",
      role: "analyst",
      role_rank: roleRank("analyst"),
      sensitive_access: null,
    })),
  );
}
