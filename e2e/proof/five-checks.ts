import { sql } from "kysely";
import { z } from "zod";
import { type Database, dialectOf } from "@/lib/db/database";
import { membershipInputSchema } from "@/lib/domain/operation-detail";
import { verifyAuditRecord } from "@/lib/services/audit/verify";
import type { SimulatorControl } from "../simulator-control";
import { SecretSearch } from "./secret-search";

export type LedgerEntry = Awaited<ReturnType<SimulatorControl["ledger"]>>[number];

/** What must be empty, whatever went wrong; each entry says what is wrong with what. */
export type Findings = {
  operations: number;
  ledgerEntries: number;
  /** Changes at Mixpanel for which no operation was written down as sent, or more than were. */
  duplicates: string[];
  /** Operations without exactly one `intended` event followed by exactly one outcome. */
  lostEvents: string[];
  stuck: string[];
  /** Places outside the sealed columns that hold a secret. */
  canaryHits: string[];
  /** What the verifier says of the audit record's chain; null when it is whole. */
  brokenChain: string | null;
};

export type Evidence = {
  database: Database;
  /** Without what the test itself did at Mixpanel behind the console's back. */
  ledger: readonly LedgerEntry[];
  /** Secrets beside those that Mixpanel gave out, which the ledger tells. */
  secrets: readonly string[];
  /** Everything the processes wrote, by name. */
  texts: Readonly<Record<string, string>>;
  /** Files and folders whose bytes are searched. */
  files?: readonly string[];
};

/** Columns that hold sealed text, and nothing else of theirs is left out. */
const sealedColumns = new Set(["sealed", "sealed_refresh_token"]);
const tokenSchema = z.object({ results: z.object({ token: z.string() }) });

export async function examine({ database, ledger, secrets, texts, files = [] }: Evidence): Promise<Findings> {
  const operations = await database.selectFrom("operations").selectAll().orderBy("id").execute();
  const search = new SecretSearch([...secrets, ...issuedSecrets(ledger)]);
  const verified = await verifyAuditRecord(database);
  return {
    operations: operations.length,
    ledgerEntries: ledger.length,
    duplicates: unaccounted(ledger, operations),
    lostEvents: await withoutBothEvents(database, operations),
    stuck: operations
      .filter(({ state }) => ["prepared", "sent", "unknown"].includes(state))
      .map(({ id, kind, state }) => `${kind} ${id} is ${state}`),
    canaryHits: await placesOf(search, database, texts, files),
    brokenChain: verified.valid ? null : `${verified.firstBad}: ${verified.reason}`,
  };
}

/** The secrets Mixpanel has given out, by its own ledger. */
export function issuedSecrets(ledger: readonly LedgerEntry[]): string[] {
  return ledger.flatMap(({ result }) => {
    const parsed = tokenSchema.safeParse(result);
    return parsed.success ? [parsed.data.results.token] : [];
  });
}

type OperationRow = {
  id: string;
  kind: string;
  state: string;
  sent_at: string | null;
  input: string;
  account_id: number | null;
  account_name: string;
  project_id: number | null;
};

/** Each accepted change belongs to one operation that was written down as sent; what is left over was sent twice, or unrecorded. */
function unaccounted(ledger: readonly LedgerEntry[], operations: readonly OperationRow[]): string[] {
  const sent = new Map<string, number>();
  for (const operation of operations) {
    if (operation.sent_at === null) continue;
    const name = intentOf(operation);
    sent.set(name, (sent.get(name) ?? 0) + 1);
  }
  return ledger.flatMap((entry) => {
    const name = changeOf(entry);
    const left = sent.get(name) ?? 0;
    sent.set(name, left - 1);
    return left > 0 ? [] : [`${name} (entry ${entry.sequence})`];
  });
}

function intentOf({ kind, input, account_id, account_name, project_id }: OperationRow): string {
  if (kind === "create") return `create ${account_name}`;
  if (kind === "delete") return `delete ${account_id}`;
  const { accounts, role } = membershipInputSchema.parse(JSON.parse(input));
  const ids = accounts.map(({ id }) => id).toSorted((left, right) => left - right);
  return `${kind} ${ids.join(",")} ${project_id} ${role ?? ""}`.trim();
}

const createBody = z.object({ username: z.string() });
const addBody = z.object({
  service_account_ids: z.array(z.number()),
  projects: z.tuple([z.object({ id: z.number(), role: z.string() })]),
});
const removeBody = z.object({
  projects: z.tuple([z.object({ id: z.number(), service_account_ids: z.array(z.number()) })]),
});

function changeOf({ method, path, body }: LedgerEntry): string {
  const plain = path.replace(/\/$/, "");
  const inOrder = (ids: number[]) => ids.toSorted((left, right) => left - right).join(",");
  if (method === "DELETE") return `delete ${plain.split("/").at(-1)}`;
  if (plain.endsWith("/add-to-project")) {
    const {
      service_account_ids: ids,
      projects: [project],
    } = addBody.parse(body);
    return `assign ${inOrder(ids)} ${project.id} ${project.role}`;
  }
  if (plain.endsWith("/remove-from-project")) {
    const {
      projects: [project],
    } = removeBody.parse(body);
    return `remove ${inOrder(project.service_account_ids)} ${project.id}`;
  }
  return `create ${createBody.parse(body).username}`;
}

async function withoutBothEvents(database: Database, operations: readonly OperationRow[]): Promise<string[]> {
  const events = await database
    .selectFrom("audit_events")
    .select(["operation_id", "outcome"])
    .where("operation_id", "is not", null)
    .where("action", "in", [
      "service_account.create",
      "service_account.delete",
      "membership.assign",
      "membership.remove",
    ])
    .orderBy("sequence")
    .execute();
  const told = new Map<string | null, string[]>();
  for (const { operation_id: id, outcome } of events) told.set(id, [...(told.get(id) ?? []), outcome]);
  const known = new Set(operations.map(({ id }) => id));
  const unowned = [...told.keys()]
    .filter((id) => id !== null && !known.has(id))
    .map((id) => `events of no operation: ${id}`);
  const incomplete = operations.flatMap(({ id, kind }) => {
    const outcomes = told.get(id) ?? [];
    const both = outcomes.length === 2 && outcomes[0] === "intended" && outcomes[1] !== "intended";
    return both ? [] : [`${kind} ${id}: ${outcomes.join(", ") || "none"}`];
  });
  return [...unowned, ...incomplete];
}

/** On a server the tests of other files have schemas of their own beside this one. */
async function ownTables(database: Database): Promise<string[]> {
  const tables = await database.introspection.getTables();
  if (dialectOf(database) === "sqlite") return tables.map(({ name }) => name);
  const { rows } = await sql<{ own: string }>`select current_schema() as own`.execute(database);
  return tables.filter(({ schema }) => schema === rows[0]?.own).map(({ name }) => name);
}

async function placesOf(
  search: SecretSearch,
  database: Database,
  texts: Evidence["texts"],
  files: readonly string[],
): Promise<string[]> {
  const places: string[] = [];
  for (const name of await ownTables(database)) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(database);
    const plain = rows.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([column]) => !sealedColumns.has(column))),
    );
    if (search.inText(JSON.stringify(plain)) > 0) places.push(`table ${name}`);
  }
  for (const [name, text] of Object.entries(texts)) if (search.inText(text) > 0) places.push(name);
  return [...places, ...files.flatMap((file) => search.inFilesInUse(file))];
}
