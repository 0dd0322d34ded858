import type { ApiBases, Region } from "@/lib/domain/region";
import type { AppContext } from "@/lib/services/context";
import { findOrganization } from "./find-organization";

export type OrganizationFacts = {
  key: string;
  mixpanelId: number;
  region: Region;
  /** Where calls go, for ready-made lines. */
  apiBases: ApiBases;
};

/** What a page may know of an organization's connection: never its credential. Throws `not_found`. */
export async function organizationFacts(context: AppContext, key: string): Promise<OrganizationFacts> {
  const { mixpanelId, region, apiBases } = await findOrganization(context, key);
  return { key, mixpanelId, region, apiBases };
}
