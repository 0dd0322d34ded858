import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import type { Stack } from "./stack";

const ofAccounts = ["annotations", "usage_histories", "finding_acceptances", "rotations", "rotation_campaigns"];

/** Forgets what was recorded of accounts, and whom operations made: after a reset others have their ids. */
export function forgetAccounts({ folder }: Stack): void {
  const database = new BetterSqlite3(join(folder, "data", "keywarden.sqlite"), { timeout: 5_000 });
  try {
    for (const table of ofAccounts) database.prepare(`delete from ${table}`).run();
    database.prepare("update operations set account_id = -account_id where account_id > 0").run();
    // Only what a sync finds changed is sampled anew.
    database.prepare("update service_accounts set last_used_at = null").run();
  } finally {
    database.close();
  }
}

/** Runs one statement on the console's own database: for moments of the past that no test can wait for. */
export function changeDatabase({ folder }: Stack, statement: string, ...values: string[]): void {
  const database = new BetterSqlite3(join(folder, "data", "keywarden.sqlite"), { timeout: 5_000 });
  try {
    const { changes } = database.prepare(statement).run(...values);
    if (changes === 0) throw new Error(`Nothing was changed by: ${statement}`);
  } finally {
    database.close();
  }
}

/** Every sign-in so far was this long ago, in minutes. */
export function ageSignIns(stack: Stack, minutes: number): void {
  const at = new Date(Date.now() - minutes * 60_000).toISOString();
  changeDatabase(stack, "update sessions set authenticated_at = ? where ended_at is null", at);
}

/** The ten minutes in which an operator may open a new secret again are over, for all of them. */
export function endSecrets(stack: Stack): void {
  changeDatabase(stack, "update sealed_secrets set expires_at = ?", new Date(Date.now() - 1000).toISOString());
}

/** Every date of the open rotations was this many days ago: what a test cannot wait for is over. */
export function ageRotations(stack: Stack, days: number): void {
  const columns = ["started_at", "issued_at", "handed_over_at", "proven_at", "overlap_until", "restored_at"];
  const moved = columns.map((column) => `${column} = strftime('%Y-%m-%dT%H:%M:%fZ', ${column}, ?)`).join(", ");
  const by = `-${days} days`;
  changeDatabase(stack, `update rotations set ${moved} where ended_at is null`, ...columns.map(() => by));
}
