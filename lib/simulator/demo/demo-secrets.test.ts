import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { keptSecrets, newSecrets } from "./demo-secrets.mjs";

const folder = mkdtempSync(join(tmpdir(), "keywarden-demo-"));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the first start makes a key that only its owner can read, and every later one keeps it", () => {
  const file = join(folder, "inside", "secrets.json");
  const first = keptSecrets(file);
  expect(Buffer.from(first.encryptionKey, "base64")).toHaveLength(32);
  expect(first.sessionSecret.length).toBeGreaterThanOrEqual(32);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, "inside")).mode & 0o777).toBe(0o700);
  expect(keptSecrets(file)).toEqual(first);
});

test("no two installations share a key", () => {
  const made = Array.from({ length: 20 }, newSecrets);
  expect(new Set(made.map(({ encryptionKey }) => encryptionKey)).size).toBe(20);
  expect(new Set(made.map(({ sessionSecret }) => sessionSecret)).size).toBe(20);
});
