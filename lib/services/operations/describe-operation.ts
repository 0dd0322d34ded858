import type { StoredOperation } from "@/lib/db/operations";
import { appErrors } from "@/lib/domain/app-error";
import { storedErrorCode } from "./change-error";
import { lastStepAt } from "./live-runs";
import type { Facts } from "./next-step";

const clock = (instant: string) => `${instant.slice(11, 16)} UTC`;

/** What the change is, in words that follow "was" or "was not". */
function changeOf({ kind, projectName }: StoredOperation): string {
  if (kind === "create") return "created";
  if (kind === "delete") return "deleted";
  return kind === "assign" ? `added to ${projectName}` : `removed from ${projectName}`;
}

/** What is known of an operation: what happened, what was and was not changed, what to do. */
export function describeOperation(operation: StoredOperation, facts: Facts): string {
  const { accountName: name, state } = operation;
  const [be, verb] = / service accounts$/.test(name) ? ["are", "were"] : ["is", "was"];
  const change = changeOf(operation);
  switch (state) {
    case "prepared":
      return facts.stale
        ? `This was never sent, and nothing has been seen of the console that was to do so for a minute: ${name} ${verb} not ${change}.`
        : `${name} ${be} about to be ${change}, by ${operation.actorName} since ${clock(operation.preparedAt)}.`;
    case "sent":
      return facts.stale
        ? `Sent at ${clock(new Date(lastStepAt(operation)).toISOString())}, but no answer was recorded within a minute. What happened can be read from Mixpanel.`
        : `${name} ${be} being ${change} by ${operation.actorName} since ${clock(operation.preparedAt)}.`;
    case "succeeded":
      return describeSuccess(operation, facts, `${name} ${verb} ${change}.`);
    case "failed":
      return `${name} ${verb} not ${change}. ${failureOf(operation)}`;
    case "unknown":
      return describeDoubt(operation, `whether ${name} ${verb} ${change}`);
    case "reconciled":
      return describeFinding(operation, facts, change, verb);
  }
}

function describeSuccess({ result, actorName }: StoredOperation, facts: Facts, done: string): string {
  if (result.alreadyAbsent) return `${done} It was already absent at Mixpanel.`;
  const left = (result.accounts ?? []).filter((account) => account.outcome === "failed").length;
  if (left > 0)
    return `Mixpanel accepted the change, but ${left} of ${result.accounts?.length} do not show it. Finish the rest.`;
  if (facts.secretUntil === null) return done;
  const who = facts.mine ? "You can" : `Only ${actorName} can`;
  return `${done} ${who} open its secret until ${clock(facts.secretUntil)}; then it is gone.`;
}

function failureOf(operation: StoredOperation): string {
  const { title, advice } = appErrors[storedErrorCode(operation)];
  return operation.errorReason === null ? `${title} ${advice}` : `${title} ${operation.errorReason}`;
}

function describeDoubt({ result, kind }: StoredOperation, question: string): string {
  const candidates = result.candidates ?? [];
  if (candidates.length > 0) {
    const names = candidates.map(({ username }) => username).join(", ");
    return `Several changes of one name are in doubt, and these service accounts fit: ${names}. Delete at Mixpanel those that nobody uses, then check again.`;
  }
  const doubt = `It was sent, but no usable answer came back; ${question} is not known yet. Do not repeat it: check first.`;
  return kind === "create" && result.firstAbsentAt ? `${doubt} A first reading showed no trace of it.` : doubt;
}

function describeFinding(operation: StoredOperation, facts: Facts, change: string, verb: string): string {
  const { accountName: name, outcome, result } = operation;
  switch (outcome) {
    case "secret_lost":
      return facts.accountExists
        ? `${name} was created at Mixpanel, but its secret was lost. Delete it and create it again.`
        : `${name} was created at Mixpanel and its secret was lost. It has been deleted since: nothing is left to do.`;
    case "did_not_happen":
      return `A reading of Mixpanel shows that ${name} ${verb} not ${change}. Nothing was changed; it can be tried again.`;
    case "partly": {
      const accounts = result.accounts ?? [];
      const done = accounts.filter((account) => account.outcome === "done").length;
      return `A reading of Mixpanel shows ${done} of ${accounts.length} ${change}. Finish the rest.`;
    }
    default:
      return `The answer was lost, but a reading of Mixpanel shows that ${name} ${verb} ${change}.`;
  }
}
