import { lastLocalHour } from "./local-hour";
import type { Severity } from "./policy";

const DAY_MS = 86_400_000;
/** A local hour lies at most this long before the moment it belongs to: a day, and an hour for summer time. */
const HOUR_SEARCH_MS = 25 * 3_600_000;

/** What is counted to: the expiry, and the day by which a rotation must start. The graver first, where both are due at once. */
export const deadlineKinds = ["expiry", "start_rotation"] as const;
export type DeadlineKind = (typeof deadlineKinds)[number];
/** So many days before a deadline. */
export type Threshold = { deadline: DeadlineKind; days: number };
/** A threshold that is done with: its warning was told, or a more urgent one was told in its place. */
export type Mark = Threshold & { state: "told" | "superseded" };

export type WarningFacts = {
  /** Null where it is not known: then every threshold counts. */
  createdAt: string | null;
  expiresAt: string;
  startBy: string;
  /** Its rotation is under way: nobody has to be told to start it. */
  rotating?: boolean;
  warningDays: readonly number[];
  /** Warnings go out at this hour of the owner's day. */
  hour: number;
  timeZone: string;
};
export type Decision = { tell: Threshold | null; superseded: Threshold[] };

export const thresholdKey = ({ deadline, days }: Threshold): string => `${deadline}:${days}`;

function momentOf({ deadline, days }: Threshold, { expiresAt, startBy }: WarningFacts): number {
  return Date.parse(deadline === "expiry" ? expiresAt : startBy) - days * DAY_MS;
}

function isDue(moment: number, { hour, timeZone }: WarningFacts, now: number): boolean {
  if (moment <= now) return true;
  if (moment - HOUR_SEARCH_MS > now) return false;
  return lastLocalHour(moment, hour, timeZone) <= now;
}

/** Every threshold of an account, the most urgent first; those before its creation never come due. */
function thresholdsOf(facts: WarningFacts): { threshold: Threshold; moment: number }[] {
  const from = facts.createdAt === null ? Number.NEGATIVE_INFINITY : Date.parse(facts.createdAt);
  const deadlines = deadlineKinds.filter((kind) => kind === "expiry" || !facts.rotating);
  return deadlines
    .flatMap((deadline) => facts.warningDays.map((days) => ({ deadline, days })))
    .map((threshold) => ({ threshold, moment: momentOf(threshold, facts) }))
    .filter(({ moment }) => moment >= from)
    .sort((left, right) => right.moment - left.moment);
}

/** Whether anything is due by now, whatever was told already: cheap, for leaving most accounts out at once. */
export function isAnythingDue(facts: WarningFacts, now: Date): boolean {
  return thresholdsOf(facts).some(({ moment }) => isDue(moment, facts, now.getTime()));
}

/**
 * What to tell about one account now. Of several thresholds that have passed only the most urgent is told, and nothing
 * that is less urgent than what was told before; `marks` remember, so a clock that is set back repeats nothing.
 */
export function decideWarning(facts: WarningFacts, marks: readonly Mark[], now: Date): Decision {
  const done = new Set(marks.map(thresholdKey));
  const due = thresholdsOf(facts).filter(
    ({ threshold, moment }) => !done.has(thresholdKey(threshold)) && isDue(moment, facts, now.getTime()),
  );
  const told = Math.max(...marks.filter(({ state }) => state === "told").map((mark) => momentOf(mark, facts)));
  const [first, ...rest] = due;
  if (!first) return { tell: null, superseded: [] };
  if (first.moment <= told) return { tell: null, superseded: due.map(({ threshold }) => threshold) };
  return { tell: first.threshold, superseded: rest.map(({ threshold }) => threshold) };
}

/** The same steps as the expiry ladder. */
export function severityOfDays(days: number): Severity {
  if (days <= 7) return "critical";
  return days <= 30 ? "warning" : "notice";
}
