import { loadAnnotations, saveAnnotation } from "@/lib/db/annotations";
import type { Transaction } from "@/lib/db/database";
import { inTransaction } from "@/lib/db/in-transaction";
import { loadAccounts } from "@/lib/db/inventory";
import type { StoredAccount } from "@/lib/db/inventory-rows";
import { lockInventory } from "@/lib/db/inventory-touches";
import { type Annotation, type AnnotationView, annotationSchema, emptyAnnotation } from "@/lib/domain/annotation";
import { changedKeys, describeChange } from "@/lib/domain/annotation-change";
import { AppError } from "@/lib/domain/app-error";
import { recordEvent } from "@/lib/services/audit/record";
import type { OrganizationContext } from "@/lib/services/context";
import { judgeAccounts } from "@/lib/services/findings/judge-accounts";
import { deriveLife } from "@/lib/services/inventory/derive-life";
import { type Intention, noteBroughtAbout } from "@/lib/services/organizations/once";

export type Annotated = { account: StoredAccount; annotation: AnnotationView };
/** What each account is to say; made from what it says now, under the lock that all writers take. */
export type Wanted<T> = { next: ReadonlyMap<number, Annotation>; outcome: T };

export const neverAnnotated: AnnotationView = { ...emptyAnnotation, updatedBy: null, updatedAt: null };

/** These accounts as the inventory has them, with what is recorded of each. */
export async function loadAnnotated(
  handle: OrganizationContext["database"] | Transaction,
  organizationKey: string,
  accountIds: readonly number[],
): Promise<Map<number, Annotated>> {
  const accounts = await loadAccounts(handle, organizationKey, accountIds);
  const annotations = await loadAnnotations(handle, organizationKey, accountIds);
  return new Map(
    accounts.map((account) => [account.id, { account, annotation: annotations.get(account.id) ?? neverAnnotated }]),
  );
}

/**
 * Writes annotations, one event for each that changes, in one commit with the derived columns and the intention's key.
 * `decide` sees what is stored at that moment and may refuse by throwing.
 */
export async function writeAnnotations<T>(
  context: OrganizationContext,
  intention: Intention,
  accountIds: readonly number[],
  decide: (stored: ReadonlyMap<number, Annotated>, transaction: Transaction) => Promise<Wanted<T>> | Wanted<T>,
): Promise<T> {
  const { key } = context.organization;
  const changed: number[] = [];
  try {
    const outcome = await inTransaction(context.database, async (transaction) => {
      await lockInventory(transaction, key);
      const stored = await loadAnnotated(transaction, key, accountIds);
      const { next, outcome } = await decide(stored, transaction);
      for (const [accountId, annotation] of next) {
        const before = stored.get(accountId);
        if (!before || changedKeys(before.annotation, annotation).length === 0) continue;
        await writeOne(context, transaction, before, annotation);
        changed.push(accountId);
      }
      if (changed.length > 0) {
        await deriveLife(transaction, key, changed);
        await judgeAccounts({ ...context, database: transaction }, changed, { asked: 1 });
      }
      await noteBroughtAbout(context, transaction, intention, JSON.stringify(outcome));
      return outcome;
    });
    await judgeAnnotated(context, changed);
    return outcome;
  } catch (error) {
    throw error instanceof AppError ? error : new AppError("read_only", {}, error);
  }
}

/** What is found of them follows at once; should that fail, the next judging of the organization sees it. */
async function judgeAnnotated(context: OrganizationContext, accountIds: readonly number[]): Promise<void> {
  if (accountIds.length === 0) return;
  try {
    await judgeAccounts(context, accountIds);
  } catch (error) {
    context.logger.error({ err: error, reference: context.reference }, "Annotated accounts could not be judged.");
  }
}

async function writeOne(
  context: OrganizationContext,
  transaction: Transaction,
  { account, annotation: before }: Annotated,
  annotation: Annotation,
): Promise<void> {
  const { key: organizationKey } = context.organization;
  const by = context.actor.kind === "operator" ? context.actor.operator.name : context.actor.name;
  const at = laterThan(before.updatedAt, context.now());
  const after = annotationSchema.parse(annotation);
  await recordEvent(
    context,
    {
      action: "service_account.annotate",
      organizationKey,
      targetKind: "service_account",
      targetId: String(account.id),
      targetName: account.name,
      outcome: "succeeded",
      detail: describeChange(before, after),
    },
    transaction,
  );
  await saveAnnotation(transaction, { organizationKey, accountId: account.id }, after, { by, at });
}

/** Each state has an instant of its own, so that a writer who has seen an earlier one is noticed. */
function laterThan(before: string | null, now: Date): string {
  return new Date(Math.max(now.getTime(), before === null ? 0 : Date.parse(before) + 1)).toISOString();
}
