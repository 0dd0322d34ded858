import { inTransaction } from "@/lib/db/in-transaction";
import { findPolicy, savePolicy } from "@/lib/db/policies";
import { canonicalJson } from "@/lib/domain/canonical-json";
import { defaultPolicy } from "@/lib/domain/policy";
import { policyDifference } from "@/lib/domain/policy-difference";
import { recordEvent } from "@/lib/services/audit/record";
import type { AppContext, ConnectedOrganization } from "@/lib/services/context";
import { deriveLife } from "@/lib/services/inventory/derive-life";

/**
 * Makes the policy of the file the organization's stored one, where they differ: everything that reads it then reads the
 * same, and the record says when and how it changed. Without a file nothing is done.
 */
export async function keepPolicyFile(context: AppContext & { organization: ConnectedOrganization }): Promise<void> {
  const { database, organization, environment, now, newId } = context;
  const { policy } = environment;
  if (!policy) return;
  const stored = await findPolicy(database, organization.key);
  if (stored && canonicalJson(stored.policy) === canonicalJson(policy)) return;
  const version = stored?.version ?? 0;
  const system = { database, now, newId, actor: { kind: "system", name: "policy file" } } as const;
  const detail = { version: version + 1, ...policyDifference(stored?.policy ?? defaultPolicy, policy) };
  const target = { targetKind: "organization", targetId: organization.key, targetName: organization.name } as const;
  await inTransaction(database, async (transaction) => {
    const mark = { seen: version, by: "KEYWARDEN_POLICY_FILE", at: now().toISOString() };
    if (!(await savePolicy(transaction, organization.key, policy, mark))) return;
    const event = { action: "policy.change", organizationKey: organization.key, outcome: "succeeded", detail } as const;
    await recordEvent(system, { ...event, ...target }, transaction);
    await deriveLife(transaction, organization.key);
  });
}
