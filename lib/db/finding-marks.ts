import type { Insertable, Kysely } from "kysely";
import { inBatches } from "./in-batches";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;

/** Findings of accounts that are there, open at `at`, which came up after the channel was made and were not told by it. */
export function findUntoldFindings(
  handle: Handle,
  { organizationKey, channelId, after, at }: { organizationKey: string; channelId: string; after: string; at: string },
) {
  return (
    handle
      .selectFrom("findings")
      .innerJoin("service_accounts", (join) =>
        join
          .onRef("service_accounts.organization_key", "=", "findings.organization_key")
          .onRef("service_accounts.id", "=", "findings.account_id"),
      )
      .leftJoin("finding_acceptances as acceptance", (join) =>
        join
          .onRef("acceptance.organization_key", "=", "findings.organization_key")
          .onRef("acceptance.account_id", "=", "findings.account_id")
          .onRef("acceptance.rule", "=", "findings.rule")
          .onRef("acceptance.severity_rank", ">=", "findings.severity_rank")
          .on("acceptance.until", ">", at),
      )
      .leftJoin("finding_marks as mark", (join) =>
        join
          .onRef("mark.account_id", "=", "findings.account_id")
          .onRef("mark.rule", "=", "findings.rule")
          .onRef("mark.since", "=", "findings.since")
          .on("mark.channel_id", "=", channelId),
      )
      .select([
        "findings.account_id",
        "service_accounts.name",
        "service_accounts.username",
        "findings.rule",
        "findings.severity_rank",
        "findings.sentence",
        "findings.fix",
        "findings.since",
      ])
      .where("findings.organization_key", "=", organizationKey)
      .where("findings.since", ">", after)
      // The days before an expiry are told by warnings already.
      .where("findings.rule", "not in", ["expires_soon", "expired"])
      .where("acceptance.until", "is", null)
      .where("mark.since", "is", null)
      .orderBy("findings.severity_rank", "desc")
      .orderBy("service_accounts.name")
      .orderBy("findings.account_id")
      .orderBy("findings.rule")
      .execute()
  );
}
export type UntoldFinding = Awaited<ReturnType<typeof findUntoldFindings>>[number];

/** Fails as a whole where one of them was marked already. */
export async function insertFindingMarks(handle: Handle, marks: readonly Insertable<Tables["finding_marks"]>[]) {
  await inBatches(marks, (batch) => handle.insertInto("finding_marks").values(batch).execute(), 100);
}
