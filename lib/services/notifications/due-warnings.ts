import type { Database } from "@/lib/db/database";
import type { StoredAccount } from "@/lib/db/inventory-rows";
import { loadMarks } from "@/lib/db/warning-marks";
import { type AnnotationView, emptyAnnotation } from "@/lib/domain/annotation";
import type { Policy } from "@/lib/domain/policy";
import { rotateBy } from "@/lib/domain/rotate-by";
import {
  type Decision,
  deadlineKinds,
  decideWarning,
  isAnythingDue,
  type Mark,
  severityOfDays,
  type WarningFacts,
} from "@/lib/domain/warning";
import type { StoredChannel } from "./channel-row";

type Annotation = Omit<AnnotationView, "updatedBy" | "updatedAt">;
export type Candidate = { account: StoredAccount; annotation: Annotation; facts: WarningFacts };
export type Due = Candidate & Decision;
/** What an organization's warnings are made of. */
export type Picture = {
  accounts: readonly StoredAccount[];
  annotations: ReadonlyMap<number, AnnotationView>;
  policy: Policy;
  /** Accounts that are being replaced. */
  rotating: ReadonlySet<number>;
};

/** What this channel has to tell now, and what is done with because of it. */
export async function findDueWarnings(
  database: Database,
  channel: StoredChannel,
  picture: Picture,
  now: Date,
): Promise<Due[]> {
  const candidates = picture.accounts.flatMap((account) => candidateOf(account, channel, picture) ?? []);
  const due = candidates.filter(({ facts }) => isAnythingDue(facts, now));
  const marks = await marksOf(
    database,
    channel,
    due.map(({ account }) => account.id),
  );
  return due
    .map((each) => ({ ...each, ...decideWarning(each.facts, marks.get(markKey(each)) ?? [], now) }))
    .filter(({ tell, superseded }) => tell !== null || superseded.length > 0);
}

/** What had expired before the channel was made is no news for it. */
function candidateOf(account: StoredAccount, channel: StoredChannel, picture: Picture): Candidate | null {
  const { expires_at: expiresAt } = account;
  if (expiresAt === null || expiresAt <= channel.createdAt) return null;
  const annotation = picture.annotations.get(account.id) ?? emptyAnnotation;
  if (!isFor(channel, annotation)) return null;
  const { warningDays, rotation } = picture.policy;
  const leadTimeDays = annotation.leadTimeDays ?? rotation.leadTimeDays;
  const startBy = rotateBy(expiresAt, { leadTimeDays, overlapDays: rotation.overlapDays });
  if (startBy === null) return null;
  const wanted = warningDays.filter((days) => channel.severities.includes(severityOfDays(days)));
  const { hour } = channel;
  const timeZone = annotation.timeZone ?? channel.timeZone;
  const rotating = picture.rotating.has(account.id);
  const facts = { createdAt: account.created_at, expiresAt, startBy, rotating, warningDays: wanted, hour, timeZone };
  return { account, annotation, facts };
}

/** Whether a channel is about an account, by its owner and tags. */
export function isFor({ owners, tags }: StoredChannel, annotation: Pick<Annotation, "owner" | "tags">): boolean {
  if (owners.length === 0 && tags.length === 0) return true;
  return (
    (annotation.owner !== null && owners.includes(annotation.owner)) ||
    annotation.tags.some((tag) => tags.includes(tag))
  );
}

const markKey = ({ account }: Candidate) => `${account.id} ${account.expires_at}`;

async function marksOf(database: Database, { id }: StoredChannel, accountIds: readonly number[]) {
  const found = new Map<string, Mark[]>();
  for (const row of await loadMarks(database, id, accountIds)) {
    const key = `${row.account_id} ${row.expires_at}`;
    const deadline = deadlineKinds.find((kind) => kind === row.deadline);
    if (!deadline) continue;
    const mark: Mark = { deadline, days: row.days, state: row.state === "told" ? "told" : "superseded" };
    found.set(key, [...(found.get(key) ?? []), mark]);
  }
  return found;
}
