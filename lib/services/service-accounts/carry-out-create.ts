import { saveAnnotation } from "@/lib/db/annotations";
import type { Transaction } from "@/lib/db/database";
import { getStoredOperation, type NewOperation } from "@/lib/db/operations";
import { insertSealedSecret } from "@/lib/db/sealed-secrets";
import { emptyAnnotation } from "@/lib/domain/annotation";
import { changedKeys } from "@/lib/domain/annotation-change";
import { annotationOf, type CreatedAnswer, type CreateInput } from "@/lib/domain/change";
import type { MembershipView } from "@/lib/domain/inventory-view";
import { regionSchema } from "@/lib/domain/region";
import type { ServiceAccount } from "@/lib/domain/service-account";
import { createServiceAccount as sendCreate } from "@/lib/mixpanel/operations";
import type { OrganizationContext } from "@/lib/services/context";
import { deriveLife } from "@/lib/services/inventory/derive-life";
import { insertCreatedAccount } from "@/lib/services/inventory/reread";
import type { OperatorActor } from "@/lib/services/operations/require-operator";
import { runOperation, type Succeeded } from "@/lib/services/operations/run-operation";
import { settleDoubt } from "@/lib/services/operations/settle-doubt";
import { sealCreatedSecret } from "@/lib/services/secrets/sealed-secret";
import { checkRoles, type GrantedProject } from "./check-create";
import { createdAnswer } from "./created-answer";

type Creation = {
  context: OrganizationContext;
  actor: OperatorActor;
  input: CreateInput;
  projects: readonly GrantedProject[];
  operation: NewOperation;
  /** What else is written in the commit of its success. */
  also?: (transaction: Transaction, account: ServiceAccount) => Promise<void>;
};

/** Sends a prepared create once, and looks for the account if its answer is lost. */
export async function carryOutCreate(creation: Creation): Promise<CreatedAnswer> {
  const { context, actor, input, operation } = creation;
  const { name, role, expiresAt, projects } = input;
  let taken: { secret: string; until: string } | null = null;
  const end = await runOperation({
    context,
    operation,
    send: async (upstream) => {
      checkRoles(actor.operator.role, input);
      return sendCreate(upstream, { name, role, expiresAt, projects });
    },
    succeed: ({ account, secret }) =>
      keepCreated(creation, account, secret, (until) => {
        taken = { secret, until };
      }),
  });
  if (end.state === "unknown") await settleDoubt(context, operation.id);
  const stored = await getStoredOperation(context.database, operation.organizationKey, operation.id);
  return createdAnswer(context, stored, taken);
}

/** The sealed secret and the inventory's rows are written in the same commit as the outcome. */
function keepCreated(
  { context, input, projects, operation, also }: Creation,
  account: ServiceAccount,
  secret: string,
  whenSealed: (until: string) => void,
): Succeeded {
  const memberships = projects.map(
    ({ id, name, region, role }): MembershipView => ({
      projectId: id,
      projectName: name,
      region: regionSchema.parse(region),
      role,
      grant: "individual",
      sensitiveAccess: null,
    }),
  );
  return {
    result: { created: { account, memberships } },
    accountId: account.id,
    write: async (transaction) => {
      const sealed = await sealCreatedSecret(context, operation, secret);
      await insertSealedSecret(transaction, sealed);
      await insertCreatedAccount(transaction, operation.organizationKey, { account, input, at: context.now() });
      await annotateCreated(transaction, { context, input, operation, accountId: account.id });
      await also?.(transaction, account);
      whenSealed(sealed.expires_at);
    },
  };
}

/** An account created here carries what was said of it from birth. */
async function annotateCreated(
  transaction: Transaction,
  { context, input, operation, accountId }: Pick<Creation, "context" | "input" | "operation"> & { accountId: number },
): Promise<void> {
  const { organizationKey } = operation;
  const annotation = annotationOf(input);
  if (changedKeys(emptyAnnotation, annotation).length > 0) {
    const said = { by: operation.actorName, at: context.now().toISOString() };
    await saveAnnotation(transaction, { organizationKey, accountId }, annotation, said);
  }
  await deriveLife(transaction, organizationKey, [accountId]);
}
