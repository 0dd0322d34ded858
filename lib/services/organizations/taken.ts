import type { Region } from "@/lib/domain/region";
import type { AppContext } from "@/lib/services/context";

type Context = Pick<AppContext, "organizations" | "environment">;

/** Keys that differ in case alone would be one folder or bookmark to some, so they count as the same. */
export function isKeyTaken({ organizations }: Pick<Context, "organizations">, key: string): boolean {
  return organizations.list().some((each) => each.key.toLowerCase() === key.toLowerCase());
}

/** Why an organization that is connected cannot be added once more; null when it is not. */
export function connectedAs(
  { organizations, environment }: Context,
  { mixpanelId, region, name }: { mixpanelId: number; region: Region; name: string },
): string | null {
  const here = environment.mixpanelBaseUrls[region];
  const already = organizations
    .list()
    .find((each) => each.mixpanelId === mixpanelId && (each.region === region || each.apiBases.home === here));
  return already ? `${name} is connected already, as ${already.key}.` : null;
}
