import { findAccountIdsByName } from "@/lib/db/change-targets";
import { type RotationRow, updateRotation } from "@/lib/db/credential-rotations";
import type { NewOperation } from "@/lib/db/operations";
import { AppError } from "@/lib/domain/app-error";
import { type CreateInput, createInputSchema } from "@/lib/domain/change";
import { replacementName } from "@/lib/domain/replacement-name";
import type { ServiceAccount } from "@/lib/domain/service-account";
import { createServiceAccount } from "@/lib/mixpanel/operations";
import { insertCreatedAccount } from "@/lib/services/inventory/reread";
import { accountIdOf } from "@/lib/services/operations/accounts-of";
import { storedError } from "@/lib/services/operations/change-error";
import { whileLive } from "@/lib/services/operations/live-runs";
import { newOperation, prepareOperations } from "@/lib/services/operations/prepare-operations";
import { runOperation, type Succeeded } from "@/lib/services/operations/run-operation";
import { settledBatch } from "@/lib/services/operations/settled-batch";
import { sealCredential } from "@/lib/services/organizations/kept-credential";
import { deleteForRotation } from "./delete-for-rotation";
import { type RotationRun, recordStep } from "./run";

/**
 * Creates the replacement as one operation; its secret goes sealed into the rotation, in the commit of its outcome. An
 * account whose secret an earlier attempt lost is deleted before.
 */
export async function issueReplacement(run: RotationRun, rotation: RotationRow): Promise<void> {
  const { context, actor, lease } = run;
  const lost = (await settledBatch(context, rotation.issue_batch_id)).find(({ outcome }) => outcome === "secret_lost");
  if (lost) await deleteForRotation(run, rotation, { id: accountIdOf(lost), username: lost.accountName });
  await lease.keep();
  const input = inputFor(rotation, context.now());
  const batchId = context.newId();
  const sameNameIds = await findAccountIdsByName(context.database, rotation.organization_key, input.name);
  const operation = newOperation(context, actor, batchId, {
    kind: "create",
    accountId: null,
    accountName: input.name,
    projectId: null,
    projectName: null,
    input,
    beforeState: { sameNameIds },
  });
  await prepareOperations({
    context,
    operations: [operation],
    guard: async (transaction) => {
      await lease.hold(transaction);
      await updateRotation(transaction, rotation, { issue_batch_id: batchId });
    },
  });
  const { name, role, expiresAt } = input;
  const end = await whileLive([operation], () =>
    runOperation({
      context,
      operation,
      send: (upstream) => createServiceAccount(upstream, { name, role, expiresAt, projects: [] }),
      succeed: ({ account, secret }) => keepReplacement(run, rotation, { operation, input, account, secret }),
    }),
  );
  if (end.state === "succeeded") return;
  const [settled] = await settledBatch(context, batchId);
  if (settled?.state === "failed") throw storedError(settled);
  const reason =
    "Mixpanel's answer with the replacement's secret was lost. Continue: what it left behind is deleted first.";
  throw new AppError("outcome_unknown", { reason, operationId: operation.id });
}

function inputFor(
  { predecessor_username: predecessor, role, expires_at: expiresAt }: RotationRow,
  now: Date,
): CreateInput {
  const purpose = `What Keywarden signs in with, in the place of ${predecessor}.`;
  return createInputSchema.parse({
    name: replacementName(predecessor, now.toISOString().slice(0, 10)),
    purpose,
    role,
    expiresAt,
  });
}

type Created = { operation: NewOperation; input: CreateInput; account: ServiceAccount; secret: string };

function keepReplacement(
  { context }: RotationRun,
  rotation: RotationRow,
  { operation, input, account, secret }: Created,
): Succeeded {
  const { organization_key: organizationKey, replacement_credential_id: credentialId } = rotation;
  return {
    result: { created: { account, memberships: [] } },
    accountId: account.id,
    write: async (transaction) => {
      const { sealed, key_id } = await sealCredential(context, { organizationKey, credentialId, secret });
      const replacement = { replacement_username: account.username, replacement_account_id: account.id };
      await updateRotation(transaction, rotation, { step: "verify", sealed, key_id, ...replacement });
      await insertCreatedAccount(transaction, organizationKey, { account, input, at: context.now() });
      const told = { ...rotation, ...replacement };
      await recordStep(context, told, "succeeded", { transaction, detail: { operation: operation.id } });
    },
  };
}
