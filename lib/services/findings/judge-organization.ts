import { createHash } from "node:crypto";
import { performance } from "node:perf_hooks";
import { setImmediate as nextTurn } from "node:timers/promises";
import { findFindingRun, saveFindingRun } from "@/lib/db/finding-runs";
import { deleteFindings, deleteOrphanedFindings, loadFindings, saveFindings } from "@/lib/db/findings";
import { BATCH_ROWS } from "@/lib/db/in-batches";
import { inTransaction } from "@/lib/db/in-transaction";
import { findAllAccountIds } from "@/lib/db/inventory";
import { acquireLease, holdsLease, type Lease, releaseLease } from "@/lib/db/leases";
import type { Finding } from "@/lib/domain/finding";
import type { Policy } from "@/lib/domain/policy";
import type { AppContext } from "@/lib/services/context";
import { getPolicy } from "@/lib/services/policy/get-policy";
import { notePosture } from "@/lib/services/posture/note-posture";
import { compareFindings, judgeSubjects, judgingInstant } from "./judge-accounts";
import { type JudgedOrganization, loadSubjects } from "./load-subjects";

export type JudgingContext = AppContext & { organization: JudgedOrganization };
const LEASE_MS = 120_000;
const ROUNDS_MAX = 5;

/**
 * Judges every account of an organization and stores what is found, on one replica at a time: `elsewhere` says that
 * another is at it. What changes meanwhile makes it come again.
 */
export async function judgeOrganization(context: JudgingContext): Promise<"judged" | "elsewhere"> {
  const { database, organization, now, newId } = context;
  const lease = await acquireLease(database, {
    name: `findings:${organization.key}`,
    holder: newId(),
    now: now().toISOString(),
    expiresAt: new Date(now().getTime() + LEASE_MS).toISOString(),
  });
  if (!lease) return "elsewhere";
  try {
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const { wanted } = await findFindingRun(database, organization.key);
      if (!(await judgeOnce(context, lease, wanted))) return "elsewhere";
      if ((await findFindingRun(database, organization.key)).wanted === wanted) break;
    }
    return "judged";
  } finally {
    await releaseLease(database, lease, now().toISOString());
  }
}

/** False when the lease was lost, and then nothing is written. */
async function judgeOnce(context: JudgingContext, lease: Lease, wanted: number): Promise<boolean> {
  const { database, organization, now, logger } = context;
  const started = performance.now();
  const { policy } = await getPolicy(context);
  const found = await judgeAll(context, policy);
  const stored = await loadFindings(database, organization.key, [...found.keys()]);
  const { changed, gone } = compareFindings(organization.key, stored, found, now());
  const held = await inTransaction(database, async (transaction) => {
    if (!(await holdsLease(transaction, lease))) return false;
    await deleteFindings(transaction, organization.key, gone);
    await deleteOrphanedFindings(transaction, organization.key);
    await saveFindings(transaction, changed);
    const run = { judged: wanted, judged_at: now().toISOString(), policy_hash: hashOfPolicy(policy) };
    await saveFindingRun(transaction, organization.key, run);
    await notePosture(transaction, organization.key, now());
    return true;
  });
  const milliseconds = Math.round(performance.now() - started);
  const counts = { accounts: found.size, changed: changed.length, resolved: gone.length };
  logger.debug({ organization: organization.key, ...counts, milliseconds, held }, "accounts judged");
  return held;
}

/** Every account by this policy, some at a time, so that others are served in between. */
export async function judgeAll(context: JudgingContext, policy: Policy): Promise<Map<number, Finding[]>> {
  const { database, organization } = context;
  const found = new Map<number, Finding[]>();
  const at = await judgingInstant(context);
  const ids = await findAllAccountIds(database, organization.key);
  for (let start = 0; start < ids.length; start += BATCH_ROWS) {
    const subjects = await loadSubjects(database, organization, ids.slice(start, start + BATCH_ROWS));
    for (const [id, findings] of judgeSubjects(context, subjects, { policy, at })) found.set(id, findings);
    await nextTurn();
  }
  return found;
}

export function hashOfPolicy(policy: Policy): string {
  return createHash("sha256").update(JSON.stringify(policy)).digest("hex");
}
