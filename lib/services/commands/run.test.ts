import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "@/lib/db/database";
import { migrateToLatest } from "@/lib/db/migrate";
import { upsertOperator } from "@/lib/db/operators";
import { findActiveSession, insertSession } from "@/lib/db/sessions";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import { readCommandEnvironment } from "@/lib/env/command-environment";
import { recordEvent } from "@/lib/services/audit/record";
import { assertKeyOpens } from "@/lib/services/sealing/assert-key-opens";
import { refreshTokenBinding } from "@/lib/services/sealing/bindings";
import { createSealer } from "@/lib/services/sealing/seal";
import { runCommand } from "./run";

const server = process.env.TEST_DATABASE_URL;
let opened: TestDatabase;
beforeEach(async () => {
  opened = await openTestDatabase();
});
afterEach(() => opened.close());

const now = new Date("2026-05-01T10:00:00.000Z");
type Variables = Record<string, string>;
const here = (): Variables => (opened.url ? { DATABASE_URL: opened.url } : { KEYWARDEN_DATA_DIR: opened.dataDir });

async function run(argv: string[], variables: Variables = here()): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  const load = () => readCommandEnvironment(variables);
  const code = await runCommand({ argv, load, print: (line) => lines.push(line) });
  return { code, text: lines.join("\n") };
}
async function record(database: Database, count: number): Promise<void> {
  const context = { database, actor: { kind: "system", name: "t" } as const, now: () => now };
  for (let number = 0; number < count; number++) {
    const event = { action: "session.end", targetKind: "session", outcome: "succeeded" } as const;
    await recordEvent({ ...context, newId: () => crypto.randomUUID() }, event);
  }
}

test("an unknown command is answered with those there are", async () => {
  expect(await run(["help"])).toEqual({
    code: 2,
    text: "Commands: audit:verify, sealing:rotate, backup, restore.",
  });
  expect((await run([])).code).toBe(2);
});

test("a bad environment is answered with its lines", async () => {
  const { code, text } = await run(["audit:verify"], { DATABASE_URL: "mysql://x" });
  expect(code).toBe(1);
  expect(text).toMatch(/^DATABASE_URL is not a postgresql:\/\/ address\. Example: /);
});

test("audit:verify says whether the record is whole, and fails when it is not", async () => {
  await record(opened.database, 3);
  expect(await run(["audit:verify"])).toEqual({ code: 0, text: "Valid: 3 events." });
  if (opened.url) await sql`alter table audit_events disable trigger user`.execute(opened.database);
  else await sql`drop trigger audit_events_no_update`.execute(opened.database);
  if (opened.url) await sql`grant update on audit_events to current_user`.execute(opened.database);
  await opened.database.updateTable("audit_events").set({ actor_name: "Eve" }).where("sequence", "=", 2).execute();
  expect(await run(["audit:verify"])).toEqual({ code: 1, text: "Broken at event 2: This event was changed." });
});

test("no command makes a database where there is none", async () => {
  const variables = {
    KEYWARDEN_DATA_DIR: join(opened.dataDir, "none"),
    KEYWARDEN_ENCRYPTION_KEY: base64(randomBytes(32)),
  };
  for (const argv of [["audit:verify"], ["sealing:rotate"], ["backup", join(opened.dataDir, "b")]]) {
    const { code, text } = await run(argv, variables);
    expect(code).toBe(1);
    expect(text).toContain("There is no database at");
  }
  expect(existsSync(join(opened.dataDir, "none"))).toBe(false);
});

const base64 = (key: Buffer) => key.toString("base64");

describe("sealing:rotate", () => {
  test("needs a key", async () => {
    expect((await run(["sealing:rotate"])).text).toMatch(/^KEYWARDEN_ENCRYPTION_KEY is missing/);
  });

  test("makes the old key needless, and refuses keys that are not this database's", async () => {
    const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
    const old = createSealer({ key: oldKey });
    await assertKeyOpens(opened.database, old, now);
    await addSession(await old.seal("token", refreshTokenBinding("s")));
    const alone = { ...here(), KEYWARDEN_ENCRYPTION_KEY: base64(newKey) };
    expect((await run(["sealing:rotate"], alone)).text).toContain("is not the key this database was sealed with");
    const both = { ...alone, KEYWARDEN_ENCRYPTION_KEYS_PREVIOUS: base64(oldKey) };
    const { code, text } = await run(["sealing:rotate"], both);
    expect([code, text]).toEqual([0, expect.stringMatching(/: 1\. Already so: 0\.\n.*no longer needed/)]);
    const limits = { seenAfter: "2000", createdAfter: "2000" };
    const session = await findActiveSession(opened.database, "s", limits);
    const next = createSealer({ key: newKey });
    expect(await next.open(session?.sealed_refresh_token ?? "", refreshTokenBinding("s"))).toBe("token");
    expect((await run(["sealing:rotate"], alone)).code).toBe(0);
    expect(await rotations()).toEqual([
      ["intended", { from: old.keyId }],
      ["succeeded", { resealed: 1, current: 0, unopened: 0 }],
      ["intended", { from: next.keyId }],
      ["succeeded", { resealed: 0, current: 1, unopened: 0 }],
    ]);
  });

  test("fails when something stays closed", async () => {
    const key = randomBytes(32);
    await addSession(await createSealer({ key: randomBytes(32) }).seal("token", refreshTokenBinding("s")));
    const { code, text } = await run(["sealing:rotate"], { ...here(), KEYWARDEN_ENCRYPTION_KEY: base64(key) });
    expect([code, text]).toEqual([1, expect.stringContaining("Not opened by any given key: 1.")]);
    expect((await rotations()).at(-1)).toEqual(["failed", { resealed: 0, current: 0, unopened: 1 }]);
  });

  test("touches nothing when the record cannot be written", async () => {
    const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
    const old = createSealer({ key: oldKey });
    await assertKeyOpens(opened.database, old, now);
    const sealed = await old.seal("token", refreshTokenBinding("s"));
    await addSession(sealed);
    await opened.database.schema.alterTable("audit_head").renameTo("gone").execute();
    const keys = {
      KEYWARDEN_ENCRYPTION_KEY: base64(newKey),
      KEYWARDEN_ENCRYPTION_KEYS_PREVIOUS: base64(oldKey),
    };
    expect((await run(["sealing:rotate"], { ...here(), ...keys })).code).toBe(1);
    const kept = await opened.database.selectFrom("sessions").select("sealed_refresh_token").executeTakeFirst();
    expect(kept?.sealed_refresh_token).toBe(sealed);
  });

  async function rotations() {
    const rows = await opened.database
      .selectFrom("audit_events")
      .select(["actor_id", "outcome", "detail"])
      .where("action", "=", "sealing.rotate")
      .orderBy("sequence")
      .execute();
    expect(new Set(rows.map((row) => row.actor_id))).toEqual(new Set(["system:sealing:rotate"]));
    return rows.map(({ outcome, detail }) => [outcome, JSON.parse(detail)]);
  }

  async function addSession(sealed_refresh_token: string): Promise<void> {
    const at = now.toISOString();
    const who = { issuer: "i", subject: "s", name: "Ada", email: null, role: "viewer", last_sign_in_at: at };
    await upsertOperator(opened.database, () => "op", who);
    const times = { created_at: at, seen_at: at, authenticated_at: at, groups_checked_at: at };
    const session = { id_hash: "s", operator_id: "op", role: "viewer", address: null, sealed_refresh_token };
    await insertSession(opened.database, { ...session, ...times });
  }
});

describe("backup and restore", () => {
  test("ask for a file", async () => {
    for (const argv of [["backup"], ["restore"], ["backup", "a", "b"], ["restore", "a", "b"]]) {
      expect(await run(argv)).toMatchObject({ code: 2, text: expect.stringContaining("npm run") });
    }
  });

  describe.runIf(!server)("on SQLite", () => {
    test("bring everything back, taken while the console writes", async () => {
      await record(opened.database, 5);
      const file = join(opened.dataDir, "one.backup");
      let running = true;
      const writer = (async () => {
        while (running) {
          await record(opened.database, 1);
          await nextTurn();
        }
      })();
      expect((await run(["backup", file])).text).toContain("Written to");
      running = false;
      await writer;
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      const variables = { KEYWARDEN_DATA_DIR: join(opened.dataDir, "restored") };
      const { code, text } = await run(["restore", file], variables);
      expect([code, text]).toEqual([0, expect.stringMatching(/Valid: \d+ events\.$/)]);
      const restored = await openDatabase({ dataDir: variables.KEYWARDEN_DATA_DIR });
      await migrateToLatest(restored);
      await record(restored, 1);
      expect(await restored.selectFrom("audit_events").select("id").execute()).not.toHaveLength(0);
      await restored.destroy();
      expect((await run(["audit:verify"], variables)).code).toBe(0);
      expect(await readdir(variables.KEYWARDEN_DATA_DIR)).toEqual(["keywarden.sqlite"]);
    });

    test("never write over anything", async () => {
      const file = join(opened.dataDir, "one.backup");
      await writeFile(file, "kept");
      expect(await run(["backup", file])).toEqual({ code: 1, text: `${file} was not written (EEXIST).` });
      expect(await readFile(file, "utf8")).toBe("kept");
      expect((await run(["restore", file])).text).toContain("move the old database away first");
      const folder = join(opened.dataDir, "half");
      await mkdir(folder);
      await writeFile(join(folder, "keywarden.sqlite-wal"), "");
      expect((await run(["restore", file], { KEYWARDEN_DATA_DIR: folder })).code).toBe(1);
      expect((await readdir(opened.dataDir)).filter((name) => name.includes("draft"))).toEqual([]);
    });

    test("refuse a file that is no whole database", async () => {
      const empty = await openTestDatabase({ migrate: false });
      await sql`create table schema_versions (name text)`.execute(empty.database);
      await empty.database.destroy();
      const good = join(opened.dataDir, "good.backup");
      await run(["backup", good]);
      const bytes = await readFile(good);
      const files: Record<string, Buffer> = {
        text: Buffer.from("this is no database at all, just some text"),
        cut: bytes.subarray(0, bytes.length / 2),
        unversioned: await readFile(join(empty.dataDir, "keywarden.sqlite")),
      };
      for (const [name, content] of Object.entries(files)) {
        const file = join(opened.dataDir, name);
        await writeFile(file, content);
        const folder = join(opened.dataDir, `restored-${name}`);
        const { code, text } = await run(["restore", file], { KEYWARDEN_DATA_DIR: folder });
        expect([name, code, text]).toEqual([name, 1, "The file is no whole Keywarden database."]);
        expect(await readdir(folder)).toEqual([]);
      }
      const missing = await run(["restore", join(opened.dataDir, "none")], {
        KEYWARDEN_DATA_DIR: join(opened.dataDir, "x"),
      });
      expect(missing.text).toContain("(ENOENT)");
    });
  });

  describe.runIf(server)("on PostgreSQL", () => {
    const created: string[] = [];
    async function create(): Promise<string> {
      const name = `keywarden_test_${randomBytes(4).toString("hex")}`;
      await onServer(`create database ${name}`);
      created.push(name);
      const url = new URL(server ?? "");
      url.pathname = `/${name}`;
      return url.href;
    }
    async function onServer(statement: string): Promise<void> {
      const database = await openDatabase({ url: server ?? "", dataDir: "" });
      await sql.raw(statement).execute(database);
      await database.destroy();
    }
    afterEach(async () => {
      for (const name of created.splice(0)) await onServer(`drop database ${name} with (force)`);
    });

    test("bring everything back, and the record stays protected", async () => {
      const [from, to] = [await create(), await create()];
      const source = await openDatabase({ url: from, dataDir: "" });
      await migrateToLatest(source);
      await record(source, 5);
      await source.destroy();
      const file = join(opened.dataDir, "one.backup");
      expect(await run(["backup", file], { DATABASE_URL: from })).toMatchObject({ code: 0 });
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      expect((await run(["backup", file], { DATABASE_URL: from })).text).toContain("EEXIST");
      expect((await run(["restore", file], { DATABASE_URL: from })).text).toContain("not empty");
      const { code, text } = await run(["restore", file], { DATABASE_URL: to });
      expect([code, text]).toEqual([0, expect.stringMatching(/Valid: 5 events\.$/)]);
      const restored = await openDatabase({ url: to, dataDir: "" });
      await migrateToLatest(restored);
      await record(restored, 1);
      await expect(sql`update audit_events set at = 'x'`.execute(restored)).rejects.toThrow();
      await sql`grant all on audit_events to current_user`.execute(restored);
      await expect(sql`update audit_events set at = 'x'`.execute(restored)).rejects.toThrow("never changed");
      await restored.destroy();
      expect((await run(["audit:verify"], { DATABASE_URL: to })).text).toBe("Valid: 6 events.");
    });

    test("a failure leaves nothing behind and shows no password", async () => {
      const url = new URL(await create());
      const file = join(opened.dataDir, "one.backup");
      await writeFile(file, "no backup");
      expect((await run(["restore", file], { DATABASE_URL: url.href })).text).toContain("pg_restore failed");
      url.pathname = "/none_of_that_name";
      url.password = "canary-4711";
      const other = join(opened.dataDir, "two.backup");
      const { code, text } = await run(["backup", other], { DATABASE_URL: url.href });
      expect(code).toBe(1);
      expect(text).not.toContain("canary");
      expect(existsSync(other)).toBe(false);
    });
  });
});
