import { type FinishedOperation, listFinishedOperations } from "@/lib/db/operations";
import type { AppContext, ConnectedOrganization, OrganizationContext } from "@/lib/services/context";
import { projectIdOf } from "@/lib/services/operations/accounts-of";
import { isLive } from "@/lib/services/operations/live-runs";
import { verifyMembershipChange } from "./verify-change";

/** Later than this a sync has read it anyway. */
const READ_BACK_WITHIN_MS = 900_000;
const RECENT = 200;

type Organization = AppContext & { organization: ConnectedOrganization };

/** Membership changes that Mixpanel accepted and whose process ended before it read their project back. */
export async function listUnread(
  { database, organization, now }: Organization,
  olderThanMs: number,
): Promise<FinishedOperation[]> {
  const finished = await listFinishedOperations(database, organization.key, RECENT);
  return finished.filter(({ id, state, result, finishedAt }) => {
    const age = now().getTime() - Date.parse(finishedAt);
    const due = age >= olderThanMs && age < READ_BACK_WITHIN_MS;
    return due && state === "succeeded" && result.verified === false && !isLive(id);
  });
}

/** Before more is changed in these projects, so that what a dead process has done already is not sent again. */
export async function readBackUnread(context: OrganizationContext, projectIds: readonly number[]): Promise<void> {
  const unread = await listUnread(context, 0);
  for (const operation of unread) {
    if (projectIds.includes(projectIdOf(operation))) await verifyMembershipChange(context, operation);
  }
}
