import { findFindingRun, wantFindings } from "@/lib/db/finding-runs";
import { findOrganizations } from "@/lib/db/organizations";
import { getPolicy } from "@/lib/services/policy/get-policy";
import { isStopping } from "@/lib/services/process";
import { hashOfPolicy, type JudgingContext, judgeOrganization } from "./judge-organization";

/** Findings follow from dates too: as time passes they are looked at again this often. */
const LONGEST_AGE_MS = 15 * 60_000;

/** After something changed that findings follow from: a sync, an annotation, the policy. Resolves when all is judged, or another is at it. */
export async function refreshFindings(context: JudgingContext): Promise<void> {
  await wantFindings(context.database, context.organization.key);
  await judgeOrganization(context);
}

/** For whoever must not fail with it: the next look comes within a minute anyway. */
export async function tryRefreshFindings(context: JudgingContext): Promise<void> {
  try {
    await refreshFindings(context);
  } catch (error) {
    context.logger.warn({ organization: context.organization.key, err: error }, "accounts could not be judged");
  }
}

/** Judges an organization whose findings are asked for, are old, or follow from another policy; for a job. */
export async function judgeIfDue(context: JudgingContext): Promise<"judged" | "elsewhere" | "not due"> {
  const { database, organization, now } = context;
  const [state] = await findOrganizations(database, [organization.key]);
  if (isStopping() || !state?.synced_at) return "not due";
  const { wanted, judged, judged_at, policy_hash } = await findFindingRun(database, organization.key);
  const { policy } = await getPolicy(context);
  const old = judged_at === null || Math.abs(now().getTime() - Date.parse(judged_at)) >= LONGEST_AGE_MS;
  if (wanted === judged && !old && policy_hash === hashOfPolicy(policy)) return "not due";
  return judgeOrganization(context);
}
