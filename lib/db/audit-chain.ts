import { createHash } from "node:crypto";
import type { Selectable } from "kysely";
import { canonicalJson } from "@/lib/domain/canonical-json";
import type { Tables } from "./tables";

export type AuditRow = Selectable<Tables["audit_events"]>;

/** What the first event follows. */
export const CHAIN_START = "0".repeat(64);

/**
 * SHA-256, in hex, over the previous hash, a line feed and the canonical JSON of every other column as it is stored.
 * `detail` counts as the text it is, so that not even its white space can change.
 */
export function hashOfRow({ hash: _, previous_hash, ...columns }: Omit<AuditRow, "hash"> & { hash?: string }): string {
  return createHash("sha256")
    .update(`${previous_hash}\n${canonicalJson(columns)}`)
    .digest("hex");
}
