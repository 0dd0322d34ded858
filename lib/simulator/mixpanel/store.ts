import type { Region } from "@/lib/domain/region";
import type { WritableRole } from "@/lib/domain/role";

/** How an account is written in answers; only seeded accounts differ from `cleanStyle`. */
export type WireStyle = { dates: "utc" | "zoneless" | "offset"; absent: "omitted" | "null" };
export const cleanStyle: WireStyle = { dates: "utc", absent: "omitted" };

export type Creator = { id: number; name: string | null; email: string | null };

/** Moments are epoch milliseconds. */
export type Account = {
  id: number;
  username: string;
  secret: string;
  userId: number;
  /** null: the account belongs to projects only. */
  organizationRole: WritableRole | null;
  creator: Creator;
  createdAt: number;
  expiresAt: number | null;
  /** What the client wrote, when that was already UTC: it is echoed as it came. */
  expiresText: string | null;
  lastUsedAt: number | null;
  /** false for a credential that the asked number of accounts leaves no room for: it signs in and is in no list. */
  listed: boolean;
  style: WireStyle;
};

export type Membership = { role: string; grant: "individual" | "team" | "organization"; sensitiveAccess: boolean };

export type Project = {
  id: number;
  name: string;
  region: Region;
  timezone: string;
  /** Individual and team grants by account id; organization grants follow from the account's role. */
  members: Map<number, Membership[]>;
};

export type Organization = {
  id: number;
  name: string;
  region: Region;
  accounts: Map<number, Account>;
  projects: Map<number, Project>;
  credentials: { owner: Account; admin: Account; project: Account };
  /** Where the ids, suffixes and secrets of new accounts come from. */
  issue: { accountId: () => number; userId: () => number; suffix: () => string; secret: () => string };
};

export type Caller = { organization: Organization; account: Account };

/** All organizations of one simulator, and who can sign in to them. */
export class World {
  readonly organizations = new Map<number, Organization>();
  private readonly callers = new Map<string, Caller>();

  constructor(organizations: readonly Organization[]) {
    for (const organization of organizations) {
      this.organizations.set(organization.id, organization);
      for (const account of organization.accounts.values()) this.register(organization, account);
    }
  }

  callerOf(username: string): Caller | null {
    return this.callers.get(username) ?? null;
  }

  insert(organization: Organization, account: Account): void {
    organization.accounts.set(account.id, account);
    this.register(organization, account);
  }

  /** Deletes the account, its credential and each of its memberships. */
  delete(organization: Organization, account: Account): void {
    organization.accounts.delete(account.id);
    this.callers.delete(account.username);
    for (const project of organization.projects.values()) project.members.delete(account.id);
  }

  private register(organization: Organization, account: Account): void {
    this.callers.set(account.username, { organization, account });
  }
}
