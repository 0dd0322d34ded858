import type { OperatorRole } from "@/lib/domain/operator";

export const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof methods)[number];

/** From this role on; `status` answers the bare request of the test (an empty body, ids that do not exist). */
type Guarded = { from: OperatorRole; status: number };
/** Open to everybody, because it tells or does nothing that belongs to anybody. */
type Open = { from: "nobody"; status: number };
/** Opened by a token of its own and by no session: whoever comes without one gets the same answer, signed in or not. */
type Machine = { from: "machine"; status: number };
export type Row = Partial<Record<Method, Guarded | Open | Machine>>;

const viewer = (status: number): Guarded => ({ from: "viewer", status });
const manager = (status: number): Guarded => ({ from: "manager", status });
const administrator = (status: number): Guarded => ({ from: "administrator", status });
const machine = (status: number): Machine => ({ from: "machine", status });
const nobody = (status: number): Open => ({ from: "nobody", status });

/**
 * Who may call what: nobody and an ended session get 401, a lower role 403, a method that is not named 405. Written by
 * hand, not derived from the code: a route without its line here fails, and so does a line that the code disagrees with.
 */
export const routes: Record<string, Row> = {
  "/api/[...unknown]": {
    GET: nobody(404),
    POST: nobody(404),
    PUT: nobody(404),
    PATCH: nobody(404),
    DELETE: nobody(404),
  },
  "/api/audit-verification": { GET: viewer(200) },
  // Next-auth behind its sieve; what a plain request without a flow gets.
  "/api/auth/[...nextauth]": { GET: nobody(404), POST: nobody(404) },
  // Opened by the token in the address alone.
  "/api/feeds/[token]/calendar": { GET: machine(404) },
  "/api/feeds/[token]/changes": { GET: machine(404) },
  "/api/health/live": { GET: nobody(200) },
  "/api/health/ready": { GET: nobody(200) },
  // Off while KEYWARDEN_METRICS_TOKEN is not set.
  "/api/metrics": { GET: machine(404) },
  "/api/operator": { GET: viewer(200) },
  "/api/operator/sessions": { GET: viewer(200), POST: viewer(400) },
  "/api/operator/feeds": { GET: viewer(200), POST: viewer(400) },
  "/api/operator/feeds/[feedId]/revocation": { POST: viewer(404) },
  "/api/operator/tour": { PUT: viewer(400) },
  "/api/operators": { GET: administrator(200) },
  "/api/operators/[operatorId]/end-sessions": { POST: administrator(404) },
  "/api/organizations": { GET: viewer(200), POST: administrator(400) },
  "/api/organizations/preview": { POST: administrator(400) },
  "/api/organizations/[organizationKey]/access": { GET: viewer(200) },
  "/api/organizations/[organizationKey]/annotations": { POST: manager(400) },
  "/api/organizations/[organizationKey]/annotations/export": { GET: viewer(200) },
  "/api/organizations/[organizationKey]/annotations/import": { POST: manager(400) },
  "/api/organizations/[organizationKey]/annotations/preview": { POST: manager(400) },
  "/api/organizations/[organizationKey]/audit-events": { GET: viewer(200) },
  "/api/organizations/[organizationKey]/audit-events/export": { GET: viewer(200) },
  "/api/organizations/[organizationKey]/channels": { GET: viewer(200), POST: administrator(400) },
  "/api/organizations/[organizationKey]/channels/[channelId]": { POST: administrator(400) },
  "/api/organizations/[organizationKey]/channels/[channelId]/deliveries": { GET: viewer(404) },
  "/api/organizations/[organizationKey]/channels/[channelId]/removal": { POST: administrator(404) },
  "/api/organizations/[organizationKey]/channels/[channelId]/test": { POST: administrator(404) },
  "/api/organizations/[organizationKey]/deliveries/[deliveryId]/retry": { POST: administrator(404) },
  "/api/organizations/[organizationKey]/credential": { GET: administrator(200), POST: administrator(400) },
  "/api/organizations/[organizationKey]/credential/rotation": { POST: administrator(400) },
  "/api/organizations/[organizationKey]/credential/rotation/cancel": { POST: administrator(400) },
  "/api/organizations/[organizationKey]/deletions": { POST: manager(400) },
  "/api/organizations/[organizationKey]/finding-acceptances": { POST: manager(400) },
  "/api/organizations/[organizationKey]/finding-acceptances/withdrawals": { POST: manager(400) },
  "/api/organizations/[organizationKey]/findings": { GET: viewer(200) },
  "/api/organizations/[organizationKey]/findings/export": { GET: viewer(200) },
  "/api/organizations/[organizationKey]/membership-removals": { POST: manager(400) },
  "/api/organizations/[organizationKey]/memberships": { POST: manager(400) },
  "/api/organizations/[organizationKey]/operations": { GET: viewer(200) },
  "/api/organizations/[organizationKey]/operations/[operationId]": { GET: viewer(404) },
  "/api/organizations/[organizationKey]/operations/[operationId]/confirm": { POST: manager(404) },
  "/api/organizations/[organizationKey]/operations/[operationId]/reconcile": { POST: manager(404) },
  "/api/organizations/[organizationKey]/operations/[operationId]/secret": { POST: manager(404) },
  "/api/organizations/[organizationKey]/operations/[operationId]/try": { POST: manager(404) },
  "/api/organizations/[organizationKey]/overview": { GET: viewer(200) },
  "/api/organizations/[organizationKey]/policy": { GET: viewer(200), POST: administrator(400) },
  "/api/organizations/[organizationKey]/policy/dry-run": { POST: administrator(400) },
  "/api/organizations/[organizationKey]/posture": { GET: viewer(200) },
  "/api/organizations/[organizationKey]/projects": { GET: viewer(200) },
  "/api/organizations/[organizationKey]/projects/[projectId]": { GET: viewer(404) },
  "/api/organizations/[organizationKey]/removal": { POST: administrator(409) },
  "/api/organizations/[organizationKey]/rotation-campaigns": { POST: manager(400) },
  "/api/organizations/[organizationKey]/rotation-campaigns/[campaignId]": { GET: viewer(404) },
  "/api/organizations/[organizationKey]/rotation-campaigns/[campaignId]/close": { POST: manager(404) },
  "/api/organizations/[organizationKey]/rotations": { GET: viewer(200), POST: manager(400) },
  "/api/organizations/[organizationKey]/rotations/[rotationId]": { GET: viewer(404) },
  "/api/organizations/[organizationKey]/rotations/[rotationId]/cancel": { POST: manager(404) },
  "/api/organizations/[organizationKey]/rotations/[rotationId]/deletion": { POST: manager(404) },
  "/api/organizations/[organizationKey]/rotations/[rotationId]/hand-over": { POST: manager(404) },
  "/api/organizations/[organizationKey]/rotations/[rotationId]/issue": { POST: manager(404) },
  "/api/organizations/[organizationKey]/rotations/[rotationId]/keep": { POST: manager(404) },
  "/api/organizations/[organizationKey]/rotations/[rotationId]/memberships": { POST: manager(404) },
  "/api/organizations/[organizationKey]/rotations/[rotationId]/quarantine": { POST: manager(404) },
  "/api/organizations/[organizationKey]/rotations/[rotationId]/reissue": { POST: manager(404) },
  "/api/organizations/[organizationKey]/rotations/[rotationId]/restore": { POST: manager(404) },
  "/api/organizations/[organizationKey]/rotations/break-glass": { POST: manager(400) },
  "/api/organizations/[organizationKey]/service-accounts": { GET: viewer(200), POST: manager(400) },
  "/api/organizations/[organizationKey]/service-accounts/[accountId]": { GET: viewer(404) },
  "/api/organizations/[organizationKey]/service-accounts/[accountId]/annotation": { POST: manager(400) },
  "/api/organizations/[organizationKey]/service-accounts/[accountId]/rotation": { GET: viewer(404) },
  "/api/organizations/[organizationKey]/service-accounts/export": { GET: viewer(200) },
  "/api/organizations/[organizationKey]/service-accounts/selection": { GET: viewer(400) },
  "/api/organizations/[organizationKey]/sync": { GET: viewer(200), POST: viewer(200) },
};

/** Pages answer GET alone; nobody and an ended session are led to the sign-in page. Status for whoever is let in. */
export const pages: Record<string, Guarded | Open> = {
  "/": viewer(307),
  "/sign-in": nobody(200),
  "/no-role": nobody(200),
  "/settings": viewer(200),
  "/organizations": viewer(200),
  "/organizations/[organizationId]": viewer(200),
  "/organizations/[organizationId]/access": viewer(200),
  "/organizations/[organizationId]/audit-log": viewer(200),
  "/organizations/[organizationId]/notifications": viewer(200),
  "/organizations/[organizationId]/findings": viewer(200),
  "/organizations/[organizationId]/policy": viewer(200),
  "/organizations/[organizationId]/projects": viewer(200),
  "/organizations/[organizationId]/projects/[projectId]": viewer(200),
  "/organizations/[organizationId]/rotations": viewer(200),
  "/organizations/[organizationId]/rotations/[rotationId]": viewer(200),
  "/organizations/[organizationId]/rotations/campaigns/[campaignId]": viewer(200),
  "/organizations/[organizationId]/service-accounts": viewer(200),
  "/organizations/[organizationId]/service-accounts/[accountId]": viewer(200),
  "/organizations/[organizationId]/service-accounts/new": viewer(200),
  "/organizations/[organizationId]/unfinished": viewer(200),
};

/** A pattern's address: a real organization, and ids that nothing has. */
export function addressOf(pattern: string, organizationKey: string): string {
  return pattern
    .replace(/\[organization(Key|Id)\]/, organizationKey)
    .replace(/\[(projectId|accountId)\]/, "999999999")
    .replace(/\[(operation|operator|channel|delivery|feed|rotation|campaign)Id\]/, "nothing-has-this-id")
    .replace("[token]", "A".repeat(43))
    .replace(/\[\.\.\.\w+\]/, "nothing-is-here");
}
