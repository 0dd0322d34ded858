import { findDoubt } from "@/lib/db/organizations";
import { findMemberCounts } from "@/lib/db/projects";
import { countAllAccounts } from "@/lib/db/service-accounts";
import type { Project } from "@/lib/domain/project";
import type { ServiceAccount } from "@/lib/domain/service-account";
import { doubtAbout, emptiedMembers } from "./doubt";
import type { Reading } from "./plan-replacement";
import type { MembersRead } from "./read-upstream";
import { toStoredMemberships } from "./stored-form";
import type { SyncContext, SyncRun } from "./sync-context";

type Read = { accounts: readonly ServiceAccount[]; projects: readonly Project[]; read: MembersRead };
type Examined = {
  /** What stays doubtful; null when all of it is believed, or an operator accepted just this. */
  doubt: string | null;
  /** Whether the reading may replace what is stored. */
  replaces: boolean;
  reading: Reading;
};

/**
 * Compares a reading's counts with what is stored. Doubtful lists of accounts or projects replace nothing at all; a
 * project whose members are suddenly gone keeps them. Accepting a doubt needs a second reading that says the same.
 */
export async function examineReading(context: SyncContext, run: SyncRun, found: Read): Promise<Examined> {
  const { database, organization } = context;
  const { accounts, projects, read } = found;
  const stored = await findMemberCounts(database, organization.key);
  const whole = [
    doubtAbout("accounts", await countAllAccounts(database, organization.key), accounts.length),
    doubtAbout("projects", stored.size, projects.length),
  ].filter((text) => text !== null);
  const emptied = new Map<number, string>();
  for (const [id, members] of read.members) {
    const text = emptiedMembers(stored.get(id) ?? 0, members.length);
    if (text) emptied.set(id, text);
  }
  const doubt = [...whole, ...describeEmptied(projects, emptied)].join("; ") || null;
  const accepted = run.acceptDoubt && doubt !== null && doubt === (await findDoubt(database, organization.key));
  const kept: ReadonlyMap<number, string> = accepted ? new Map() : emptied;
  return {
    doubt: accepted ? null : doubt,
    replaces: accepted || whole.length === 0,
    reading: toReading(organization.key, run, found, kept),
  };
}

function describeEmptied(projects: readonly Project[], emptied: ReadonlyMap<number, string>): string[] {
  const [first, ...more] = projects.filter(({ id }) => emptied.has(id));
  if (!first) return [];
  const others = more.length > 0 ? ` and ${more.length} more projects` : "";
  return [`${emptied.get(first.id)} in ${first.name}${others}`];
}

function toReading(key: string, run: SyncRun, { accounts, projects, read }: Read, kept: ReadonlyMap<number, string>) {
  const believed = [...read.members].filter(([id]) => !kept.has(id));
  const failed = [...read.failures].map(([id, error]): [number, string] => [id, error.reason]);
  return {
    ticket: run.ticket,
    at: run.at,
    accounts,
    projects,
    members: new Map(believed.map(([id, members]) => [id, toStoredMemberships(key, members)])),
    problems: new Map([...failed, ...kept]),
  };
}
