import { chmod, mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { dialectOf, openDatabase } from "./database";
import { openTestDatabase, type TestDatabase } from "./testing/open-test-database";
import { withDeadline } from "./with-deadline";
import { checkWritable, FREE_BYTES_MIN } from "./writable";

let opened: TestDatabase;
beforeEach(async () => {
  opened = await openTestDatabase();
});
afterEach(() => opened.close());

const check = () => checkWritable(opened.database, opened.dataDir);
const onSqlite = process.env.TEST_DATABASE_URL === undefined;

test("a database in order is writable, and the probe leaves nothing behind", async () => {
  const before = await readdir(opened.dataDir);
  expect(await check()).toEqual({ writable: true });
  expect(await readdir(opened.dataDir)).toEqual(before);
});

test("a database without a schema is not", async () => {
  const empty = await openTestDatabase({ migrate: false });
  expect(await checkWritable(empty.database, empty.dataDir)).toMatchObject({ writable: false });
  await empty.close();
});

test("a closed database is not, and the answer says so without throwing", async () => {
  const other = await opened.again();
  await other.selectFrom("audit_head").selectAll().execute();
  await other.destroy();
  expect(await checkWritable(other, opened.dataDir)).toMatchObject({ writable: false });
});

describe.runIf(onSqlite)("on SQLite", () => {
  test("a nearly full disk is not writable before it is full", async () => {
    const withFree = (bytes: number) =>
      checkWritable(opened.database, opened.dataDir, { freeBytes: async () => bytes });
    expect(await withFree(FREE_BYTES_MIN)).toEqual({ writable: true });
    expect(await withFree(FREE_BYTES_MIN - 1)).toEqual({
      writable: false,
      reason: "The disk of the data directory is nearly full.",
    });
  });

  test("a file that was removed or replaced is noticed", async () => {
    const path = join(opened.dataDir, "keywarden.sqlite");
    const reason = "The database file was removed or replaced while in use.";
    await rename(path, `${path}.moved`);
    expect(await check()).toEqual({ writable: false, reason });
    await writeFile(path, "");
    expect(await check()).toEqual({ writable: false, reason });
    await rm(path);
    await rename(`${path}.moved`, path);
    expect(await check()).toEqual({ writable: true });
  });

  test("a data directory that takes no file is not writable", async () => {
    const file = join(opened.dataDir, "keywarden.sqlite");
    expect(await checkWritable(opened.database, file)).toMatchObject({ writable: false });
    const gone = await checkWritable(opened.database, join(opened.dataDir, "none"));
    expect(gone).toEqual({ writable: false, reason: "The database cannot be used (ENOENT)." });
  });

  test("the files are for this account only", async () => {
    const folder = join(opened.dataDir, "new", "data");
    await mkdir(join(opened.dataDir, "new"));
    const database = await openDatabase({ dataDir: folder });
    await sql`create table t (a)`.execute(database);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(folder)) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toContain("keywarden.sqlite-wal");
    await database.destroy();
    await chmod(join(folder, "keywarden.sqlite"), 0o644);
    await (await openDatabase({ dataDir: folder })).destroy();
    expect((await stat(join(folder, "keywarden.sqlite"))).mode & 0o777).toBe(0o600);
  });

  test("a file that is no database stops the start", async () => {
    const folder = join(opened.dataDir, "broken");
    await mkdir(folder);
    await writeFile(join(folder, "keywarden.sqlite"), "this is no database, whatever its name says");
    await expect(openDatabase({ dataDir: folder })).rejects.toThrow("not a database");
  });

  test("commits are on the disk when they return", async () => {
    const { rows } = await sql`select s.synchronous, j.journal_mode, f.foreign_keys from pragma_synchronous s,
      pragma_journal_mode j, pragma_foreign_keys f`.execute(opened.database);
    expect(rows).toEqual([{ synchronous: 2, journal_mode: "wal", foreign_keys: 1 }]);
  });
});

describe.runIf(!onSqlite)("on PostgreSQL", () => {
  test("a database set to read-only is not writable", async () => {
    const url = new URL(opened.url!);
    url.searchParams.set("options", `${url.searchParams.get("options")} -c default_transaction_read_only=on`);
    const readOnly = await openDatabase({ url: url.href, dataDir: "" });
    expect(dialectOf(readOnly)).toBe("postgresql");
    expect(await checkWritable(readOnly, "")).toEqual({
      writable: false,
      reason: "The database is set to read-only.",
    });
    await readOnly.destroy();
  });

  test("a server that cannot be reached is not writable", async () => {
    const database = await openDatabase({ url: "postgresql://127.0.0.1:1/none", dataDir: "" });
    expect(await checkWritable(database, "")).toEqual({
      writable: false,
      reason: "The database cannot be used (ECONNREFUSED).",
    });
    await database.destroy();
  });
});

test("a deadline gives up on work that takes too long, and passes on what comes in time", async () => {
  await expect(withDeadline(new Promise(() => undefined), 10)).rejects.toThrow("No answer within 10 ms.");
  expect(await withDeadline(Promise.resolve(1), 10)).toBe(1);
});
