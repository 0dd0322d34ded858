import { readFile } from "node:fs/promises";
import { sql } from "kysely";
import { afterEach, describe, expect, test } from "vitest";
import { dialectOf } from "./database";
import { migrateToLatest, SchemaTooNewError } from "./migrate";
import { type Migration, migrations } from "./migrations/all-migrations";
import { openTestDatabase, type TestDatabase } from "./testing/open-test-database";

let opened: TestDatabase | undefined;
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
const open = async (options?: { migrate?: boolean }) => {
  opened = await openTestDatabase(options);
  return opened;
};

async function columnsOf({ database }: TestDatabase): Promise<Record<string, string[]>> {
  const rows =
    dialectOf(database) === "postgresql"
      ? sql<{ table: string; name: string }>`select table_name as "table", column_name as name
          from information_schema.columns where table_schema = current_schema()`
      : sql<{ table: string; name: string }>`select m.name as "table", c.name as name
          from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table'`;
  const columns: Record<string, string[]> = {};
  for (const { table, name } of (await rows.execute(database)).rows) {
    columns[table] = [...(columns[table] ?? []), name].sort();
  }
  return columns;
}

/** What the tables' types declare, read from their text: types leave nothing behind to ask. */
async function declaredColumns(): Promise<Record<string, string[]>> {
  const names = ["", "sign-in-", "credential-", "credential-life-", "notification-", "findings-", "rotation-"].map(
    (part) => `${part}tables.ts`,
  );
  const files = names.map((name) => readFile(new URL(name, import.meta.url), "utf8"));
  const source = (await Promise.all(files)).join("\n");
  const fields = (body: string) => [...body.matchAll(/^ {2}(\w+): ([^;]+);/gm)].map(([, name, type]) => [name, type]);
  const bodies = new Map([...source.matchAll(/interface (\w+) \{\n([^}]*)\}/g)].map(([, name, body]) => [name, body]));
  return Object.fromEntries(
    fields(bodies.get("Tables") ?? "").map(([table, type]) => [
      table,
      fields(bodies.get(type) ?? "")
        .map(([name]) => name)
        .sort(),
    ]),
  );
}

describe("migrateToLatest", () => {
  test("makes every declared table with exactly its declared columns", async () => {
    const declared = await declaredColumns();
    expect(Object.keys(declared).length).toBeGreaterThan(10);
    const { schema_versions, ...actual } = await columnsOf(await open());
    expect(schema_versions).toEqual(["applied_at", "name"]);
    expect(actual).toEqual(declared);
  });

  test("run again changes nothing", async () => {
    const { database } = await open();
    await migrateToLatest(database);
    const { rows } = await sql<{ name: string }>`select name from schema_versions order by name`.execute(database);
    expect(rows.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name));
  });

  test("three replicas starting at once end with one whole schema", async () => {
    const test = await open({ migrate: false });
    const replicas = await Promise.all([test.again(), test.again(), test.again()]);
    await Promise.all(replicas.map((replica) => migrateToLatest(replica)));
    const { rows } = await sql<{ name: string }>`select name from schema_versions`.execute(test.database);
    expect(rows).toHaveLength(migrations.length);
  });

  test("a migration that breaks half-way leaves nothing behind, and the next start goes on", async () => {
    const test = await open({ migrate: false });
    let broken = true;
    const last: Migration = {
      name: "9000-last",
      up: async ({ schema }) => {
        await schema.createTable("half_done").addColumn("id", "integer").execute();
        if (broken) throw new Error("killed");
      },
    };
    await expect(migrateToLatest(test.database, [...migrations, last])).rejects.toThrow("killed");
    const columns = await columnsOf(test);
    expect(columns).toHaveProperty("audit_events");
    expect(columns).not.toHaveProperty("half_done");
    broken = false;
    await migrateToLatest(test.database, [...migrations, last]);
    expect(await columnsOf(test)).toHaveProperty("half_done");
  });

  test("a newer schema is refused before anything is touched", async () => {
    const { database } = await open();
    await sql`insert into schema_versions (name, applied_at) values ('9999-future', 'x')`.execute(database);
    await expect(migrateToLatest(database)).rejects.toThrow(SchemaTooNewError);
    await expect(migrateToLatest(database)).rejects.toThrow("9999-future");
  });
});
