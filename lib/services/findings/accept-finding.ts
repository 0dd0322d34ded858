import { deleteAcceptance, findAcceptance, type StoredAcceptance, saveAcceptance } from "@/lib/db/finding-acceptances";
import { findFinding } from "@/lib/db/findings";
import { inTransaction } from "@/lib/db/in-transaction";
import { findAccount } from "@/lib/db/service-accounts";
import { AppError } from "@/lib/domain/app-error";
import {
  type AcceptanceAnswer,
  type AcceptInput,
  LONGEST_ACCEPTANCE_DAYS,
  type WithdrawInput,
} from "@/lib/domain/finding-view";
import { mayAccept } from "@/lib/domain/operator";
import { severityOfRank } from "@/lib/domain/severity";
import { type EventInput, recordEvent } from "@/lib/services/audit/record";
import type { OrganizationContext } from "@/lib/services/context";
import { requireOperator } from "@/lib/services/operations/require-operator";
import { broughtAbout, noteBroughtAbout } from "@/lib/services/organizations/once";

type Request<Input> = { context: OrganizationContext; input: Input; idempotencyKey: string };
const DAY_MS = 86_400_000;
const endOfDay = (day: string) => `${day}T23:59:59.999Z`;

/** Answers for a finding until the end of a day: till then it is shown apart and counts for nothing. */
export async function acceptFinding({
  context,
  input,
  idempotencyKey: key,
}: Request<AcceptInput>): Promise<AcceptanceAnswer> {
  const { organization, database, now } = context;
  const actor = requireOperator(context, "finding:accept");
  const intention = { actor, key, request: { act: "accept", organizationKey: organization.key, ...input } };
  if ((await broughtAbout(context, intention)) === null) {
    const until = checkedUntil(input.until, now());
    await inTransaction(database, async (transaction) => {
      const finding = await findFinding(transaction, organization.key, input);
      if (!finding) throw new AppError("not_found", { reason: "This is resolved already: nothing departs here now." });
      const severity = severityOfRank(finding.severity_rank);
      assertMayAccept(actor.operator.role, severity);
      const account = await findAccount(transaction, organization.key, input.accountId);
      const detail = {
        rule: input.rule,
        severity,
        reason: input.reason,
        until: input.until,
        finding: finding.sentence,
      };
      await recordEvent(context, event("finding.accept", context, input, account?.name, detail), transaction);
      await noteBroughtAbout(context, transaction, intention, input.rule);
      await saveAcceptance(transaction, {
        organization_key: organization.key,
        account_id: input.accountId,
        rule: input.rule,
        severity_rank: finding.severity_rank,
        reason: input.reason,
        accepted_by: actor.operator.id,
        accepted_by_name: actor.operator.name,
        accepted_at: now().toISOString(),
        until,
      });
    });
  }
  return answer(context, input);
}

/** Takes an acceptance back; the finding counts again at once. */
export async function withdrawAcceptance({
  context,
  input,
  idempotencyKey: key,
}: Request<WithdrawInput>): Promise<AcceptanceAnswer> {
  const { organization, database } = context;
  const actor = requireOperator(context, "finding:accept");
  const intention = { actor, key, request: { act: "withdraw", organizationKey: organization.key, ...input } };
  if ((await broughtAbout(context, intention)) === null) {
    await inTransaction(database, async (transaction) => {
      const accepted = await findAcceptance(transaction, organization.key, input);
      if (!accepted) throw new AppError("not_found", { reason: "Nobody has accepted this." });
      assertMayAccept(actor.operator.role, severityOfRank(accepted.severity_rank));
      const account = await findAccount(transaction, organization.key, input.accountId);
      const detail = { rule: input.rule, acceptedBy: accepted.accepted_by_name, until: accepted.until.slice(0, 10) };
      await recordEvent(context, event("finding.withdraw", context, input, account?.name, detail), transaction);
      await noteBroughtAbout(context, transaction, intention, input.rule);
      await deleteAcceptance(transaction, organization.key, input);
    });
  }
  return answer(context, input);
}

function assertMayAccept(role: Parameters<typeof mayAccept>[0], severity: Parameters<typeof mayAccept>[1]): void {
  if (mayAccept(role, severity)) return;
  throw new AppError("not_permitted", { reason: "Only administrators answer for critical findings." });
}

/** The instant at which the acceptance ends; it has to lie ahead, and within a year. */
function checkedUntil(day: string, now: Date): string {
  const until = endOfDay(day);
  const left = Date.parse(until) - now.getTime();
  if (left <= 0) throw new AppError("bad_request", { fields: { until: "This day is over." } });
  if (left > (LONGEST_ACCEPTANCE_DAYS + 1) * DAY_MS) {
    throw new AppError("bad_request", { fields: { until: `At most ${LONGEST_ACCEPTANCE_DAYS} days ahead.` } });
  }
  return until;
}

function event(
  action: EventInput["action"],
  { organization }: OrganizationContext,
  { accountId }: WithdrawInput,
  name: string | undefined,
  detail: Record<string, unknown>,
): EventInput {
  const target = { targetKind: "service_account", targetId: String(accountId), targetName: name ?? null } as const;
  return { action, organizationKey: organization.key, outcome: "succeeded", ...target, detail };
}

async function answer({ database, organization }: OrganizationContext, { accountId, rule }: WithdrawInput) {
  const row = await findAcceptance(database, organization.key, { accountId, rule });
  return { accountId, rule, acceptance: row ? toAcceptance(row) : null };
}

function toAcceptance({ reason, accepted_by_name, accepted_at, until }: StoredAcceptance) {
  return { reason, byName: accepted_by_name, at: accepted_at, until };
}
