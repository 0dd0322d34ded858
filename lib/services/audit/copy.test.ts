import { appendFile, mkdir, readFile, rename, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import { openAuditCopy } from "./copy";
import { recordEvent } from "./record";

let opened: TestDatabase;
let file: string;
beforeEach(async () => {
  opened = await openTestDatabase();
  file = join(opened.dataDir, "audit.ndjson");
});
afterEach(() => opened.close());

async function record(count = 1): Promise<void> {
  for (let number = 0; number < count; number++) {
    const context = { database: opened.database, now: () => new Date(0), newId: () => crypto.randomUUID() };
    const actor = { kind: "system", name: "test" } as const;
    await recordEvent({ ...context, actor }, { action: "session.end", targetKind: "session", outcome: "succeeded" });
  }
}
const sequencesIn = async (path = file) =>
  (await readFile(path, "utf8"))
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line).sequence);

test("writes each event once and in order, also after a restart", async () => {
  await record(2);
  const copy = await openAuditCopy(opened.database, file);
  expect(await copy.copyNew()).toBe(2);
  expect(await copy.copyNew()).toBe(0);
  await record();
  expect(await Promise.all([copy.copyNew(), copy.copyNew()])).toEqual([1, 0]);
  await record(2);
  const restarted = await openAuditCopy(opened.database, file);
  expect(await restarted.copyNew()).toBe(2);
  expect(await sequencesIn()).toEqual([1, 2, 3, 4, 5]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test("writes a line anew that a crash cut short", async () => {
  await record(3);
  await (await openAuditCopy(opened.database, file)).copyNew();
  const { size } = await stat(file);
  await truncate(file, size - 20);
  await (await openAuditCopy(opened.database, file)).copyNew();
  expect(await sequencesIn()).toEqual([1, 2, 3]);
  await writeFile(file, '{"seq');
  await (await openAuditCopy(opened.database, file)).copyNew();
  expect(await sequencesIn()).toEqual([1, 2, 3]);
});

test("goes on in a new file after a log rotation", async () => {
  await record(2);
  const copy = await openAuditCopy(opened.database, file);
  await copy.copyNew();
  await rename(file, `${file}.1`);
  await record();
  await copy.copyNew();
  expect(await sequencesIn(`${file}.1`)).toEqual([1, 2]);
  expect(await sequencesIn()).toEqual([3]);
});

test("a target that fails loses nothing", async () => {
  await record(2);
  const copy = await openAuditCopy(opened.database, file);
  await mkdir(file);
  await expect(copy.copyNew()).rejects.toThrow("EISDIR");
  await rm(file, { recursive: true });
  expect(await copy.copyNew()).toBe(2);
  expect(await sequencesIn()).toEqual([1, 2]);
});

test("a file that is no copy is refused and left alone", async () => {
  await appendFile(file, "something else\n");
  await record();
  const copy = await openAuditCopy(opened.database, file);
  await expect(copy.copyNew()).rejects.toThrow();
  expect(await readFile(file, "utf8")).toBe("something else\n");
});

test("stdout gets what happens from now on, and what failed comes again", async () => {
  await record(2);
  const copy = await openAuditCopy(opened.database, "stdout");
  await record();
  const written: string[] = [];
  let broken = true;
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text, ...rest) => {
    const done = rest.find((argument) => typeof argument === "function");
    if (!broken) written.push(String(text));
    done?.(broken ? new Error("EPIPE") : null);
    return true;
  });
  try {
    await expect(copy.copyNew()).rejects.toThrow("EPIPE");
    broken = false;
    expect(await copy.copyNew()).toBe(1);
  } finally {
    write.mockRestore();
  }
  expect(written.map((line) => JSON.parse(line).sequence)).toEqual([3]);
});
