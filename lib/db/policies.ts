import type { Kysely } from "kysely";
import { type Policy, policySchema } from "@/lib/domain/policy";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;

/** `version` counts the changes: whoever saves says which one they have seen. */
export type StoredPolicy = { policy: Policy; version: number; updatedBy: string; updatedAt: string };

export async function findPolicy(handle: Handle, key: string): Promise<StoredPolicy | undefined> {
  const row = await handle.selectFrom("policies").selectAll().where("organization_key", "=", key).executeTakeFirst();
  return (
    row && {
      policy: policySchema.parse(JSON.parse(row.policy)),
      version: row.version,
      updatedBy: row.updated_by,
      updatedAt: row.updated_at,
    }
  );
}

/** Saves the policy that follows `seen` (0: none yet); false when another change came first. */
export async function savePolicy(
  handle: Handle,
  key: string,
  policy: Policy,
  { seen, by, at }: { seen: number; by: string; at: string },
): Promise<boolean> {
  const values = { policy: JSON.stringify(policy), version: seen + 1, updated_by: by, updated_at: at };
  const row = await handle
    .insertInto("policies")
    .values({ organization_key: key, ...values })
    .onConflict((conflict) =>
      conflict.column("organization_key").doUpdateSet(values).where("policies.version", "=", seen),
    )
    .returning("version")
    .executeTakeFirst();
  return row !== undefined;
}
