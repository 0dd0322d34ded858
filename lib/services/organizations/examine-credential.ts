import type { FoundOrganization } from "@/lib/domain/organization-credential";
import { type Region, regions } from "@/lib/domain/region";
import { closeUpstream, type Upstream } from "@/lib/mixpanel/client";
import type { Credential } from "@/lib/mixpanel/credential";
import { listServiceAccounts, readMe } from "@/lib/mixpanel/operations";
import { UpstreamError } from "@/lib/mixpanel/upstream-error";
import type { Me } from "@/lib/mixpanel/wire-me";
import type { AppContext } from "@/lib/services/context";
import { refusalOf, signsInNowhere } from "./credential-refusal";

type Context = Pick<AppContext, "environment" | "organizations">;
export type SeenOrganization = Omit<FoundOrganization, "keyTaken">;
type Seen = { region: Region; me: Me };

/**
 * What a credential sees: the regions are tried in turn until one shows an organization. Those it could work with are
 * tested by listing their accounts. Throws `credential_refused` with the reason when there is none, and the upstream's
 * failure when a region that might have shown one could not be asked.
 */
export async function examineCredential(context: Context, credential: Credential): Promise<SeenOrganization[]> {
  const { region, me } = await findRegion(context, credential);
  return Promise.all(
    me.organizations.map(async ({ id: mixpanelId, name, role }): Promise<SeenOrganization> => {
      const refusal = refusalOf({ name, role });
      const projects = me.projects.filter(({ organizationId }) => organizationId === mixpanelId).length;
      const found = { mixpanelId, name, region, role, projects, refusal };
      if (refusal !== null) return { ...found, accounts: null };
      const place = { region, mixpanelId };
      const { value } = await through(context, credential, place, (upstream) => listServiceAccounts(upstream));
      return { ...found, accounts: value.length };
    }),
  );
}

async function findRegion(context: Context, credential: Credential): Promise<Seen> {
  const answers: Me[] = [];
  let outage: UpstreamError | null = null;
  for (const region of regionsToAsk(context)) {
    try {
      const { value: me } = await through(context, credential, { region, mixpanelId: 0 }, (upstream) =>
        readMe(upstream),
      );
      if (me.organizations.length > 0) return { region, me };
      answers.push(me);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      if (error.code !== "upstream_credential_rejected") outage ??= error;
    }
  }
  throw outage ?? signsInNowhere(answers);
}

/** One address for all regions (a proxy) is asked once. */
function regionsToAsk({ environment: { mixpanelBaseUrls } }: Context): Region[] {
  const seen = new Set<string>();
  return regions.filter((region) => seen.size < seen.add(mixpanelBaseUrls[region]).size);
}

/** Calls Mixpanel with the credential over a connection that is closed again. */
export async function through<T>(
  { environment, organizations }: Context,
  credential: Credential,
  place: { region: Region; mixpanelId: number },
  call: (upstream: Upstream) => Promise<T>,
): Promise<T> {
  const upstream = organizations.connect({ ...credential, ...place, baseUrls: environment.mixpanelBaseUrls });
  try {
    return await call(upstream);
  } finally {
    await closeUpstream(upstream);
  }
}
