import { lastAuditSequence, readAuditRows } from "@/lib/db/audit-events";
import type { Database } from "@/lib/db/database";
import { type CopyTarget, openCopyTarget } from "./copy-target";
import { toNdjson } from "./format";

const CHUNK = 500;
/** `copyNew` answers how many events it wrote; where it fails, the next call goes on from what has arrived. */
export type AuditCopy = { copyNew: () => Promise<number> };

/**
 * Follows the record for a log shipper and writes each event, in order, as a line of JSON: to a file, going on where it
 * ends, or to stdout (`stdout`), from now on. Each replica writes the whole record; `sequence` tells copies apart.
 */
export async function openAuditCopy(
  database: Database,
  destination: string,
  target: CopyTarget = openCopyTarget(destination),
): Promise<AuditCopy> {
  const start = await lastAuditSequence(database);
  let position: number | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  async function copyNew(): Promise<number> {
    let written = 0;
    try {
      position ??= (await target.lastSequence()) ?? start;
      for (;;) {
        const rows = await readAuditRows(database, position, CHUNK);
        const newest = rows.at(-1);
        if (!newest) return written;
        await target.write(toNdjson(rows));
        position = newest.sequence;
        written += rows.length;
      }
    } catch (error) {
      if (target.remembers) position = undefined;
      throw error;
    }
  }

  return {
    copyNew: () => {
      const mine = turn.then(copyNew);
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}
