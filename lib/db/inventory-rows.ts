import type { Selectable } from "kysely";
import type { Tables } from "./tables";

export type StoredAccount = Selectable<Tables["service_accounts"]>;
export type StoredProject = Selectable<Tables["projects"]>;
export type StoredMembership = Selectable<Tables["memberships"]>;

/** All that is stored of an organization, or the part a re-read needs. */
export type StoredInventory = {
  accounts: StoredAccount[];
  projects: StoredProject[];
  memberships: StoredMembership[];
};
