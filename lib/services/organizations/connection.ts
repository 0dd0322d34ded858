import type { OrganizationSettings } from "@/lib/env/organization-settings";
import { createUpstream, type UpstreamOptions } from "@/lib/mixpanel/client";
import type { Credential } from "@/lib/mixpanel/credential";
import type { ConnectedOrganization } from "@/lib/services/context";

/** An organization with the connection to it. Whoever holds it signs in with another credential once that is in use. */
export type Connection = { organization: ConnectedOrganization; use: (credential: Credential) => void };

/** Opens nothing yet. */
export function connectionTo(
  { key, mixpanelId, name, region, username, secret, baseUrls }: OrganizationSettings,
  source: ConnectedOrganization["source"],
  options: UpstreamOptions,
): Connection {
  const upstream = createUpstream({ username, secret, mixpanelId, region, baseUrls }, options);
  let current = username;
  const organization: ConnectedOrganization = {
    key,
    mixpanelId,
    name: name ?? `Organization ${mixpanelId}`,
    region,
    upstream,
    get credentialUsername() {
      return current;
    },
    source,
    apiBases: { home: baseUrls[region], byRegion: baseUrls },
  };
  return {
    organization,
    use: (credential) => {
      upstream.useCredential(credential);
      current = credential.username;
    },
  };
}
