import type { Database, Transaction } from "@/lib/db/database";
import { inTransaction } from "@/lib/db/in-transaction";
import { loadInventory } from "@/lib/db/inventory";
import { loadTouches, lockInventory, pruneTouches, recordTouches, type Touches } from "@/lib/db/inventory-touches";
import {
  deleteAccounts,
  deleteMembershipsInProject,
  deleteProjects,
  insertMemberships,
  saveAccounts,
  saveProjects,
} from "@/lib/db/inventory-writes";
import type { AppContext } from "@/lib/services/context";
import { deriveLife, deriveStaleLife } from "./derive-life";
import { findDrift } from "./find-drift";
import { planReplacement, type Reading, type Replacement } from "./plan-replacement";
import { recordDrift } from "./record-drift";
import { sampleUsage } from "./sample-usage";

/** Readings that may still be under way began at most this many tickets ago. */
const TICKETS_KEPT = 1_000;

/**
 * Makes a reading the stored picture, in one transaction that `finish` completes. The comparison is made before it, so
 * that it is short; whoever wrote in between makes it be made again inside.
 */
export async function replaceInventory(
  context: AppContext,
  organizationKey: string,
  reading: Reading,
  finish: (transaction: Transaction) => Promise<void>,
): Promise<void> {
  const { database } = context;
  const touches = await loadTouches(database, organizationKey);
  const compare = async (handle: Database | Transaction, known: Touches) => {
    const stored = await loadInventory(handle, organizationKey);
    const plan = planReplacement(organizationKey, stored, known, reading);
    return { plan, drift: findDrift(stored, plan) };
  };
  const planned = await compare(database, touches);
  await inTransaction(database, async (transaction) => {
    await lockInventory(transaction, organizationKey);
    const current = await loadTouches(transaction, organizationKey);
    const { plan, drift } = same(touches, current) ? planned : await compare(transaction, current);
    await write(transaction, organizationKey, plan);
    await recordTouches(transaction, organizationKey, "project", plan.readProjects, reading.ticket);
    await pruneTouches(transaction, organizationKey, reading.ticket - TICKETS_KEPT);
    await recordDrift(transaction, context, { organizationKey, drift, at: reading.at });
    await finish(transaction);
  });
  await deriveStaleLife(database, organizationKey);
}

function same(left: Touches, right: Touches): boolean {
  return (["accounts", "projects"] as const).every(
    (kind) =>
      left[kind].size === right[kind].size && [...left[kind]].every(([id, ticket]) => right[kind].get(id) === ticket),
  );
}

async function write(transaction: Transaction, organizationKey: string, plan: Replacement): Promise<void> {
  await saveProjects(transaction, plan.projects);
  await saveAccounts(transaction, plan.accounts);
  await sampleUsage(transaction, organizationKey, plan.accounts);
  for (const { projectId, withdrawn } of plan.memberChanges) {
    await deleteMembershipsInProject(transaction, organizationKey, projectId, withdrawn);
  }
  await insertMemberships(
    transaction,
    plan.memberChanges.flatMap(({ added }) => added),
  );
  await deleteAccounts(transaction, organizationKey, plan.goneAccounts);
  await deriveLife(
    transaction,
    organizationKey,
    plan.accounts.map(({ id }) => id),
  );
  await deleteProjects(transaction, organizationKey, plan.goneProjects);
}
