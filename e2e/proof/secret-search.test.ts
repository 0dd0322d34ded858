import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { SecretSearch } from "./secret-search";

const folder = mkdtempSync(join(tmpdir(), "keywarden-search-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const many = Array.from({ length: 200 }, () => randomBytes(16).toString("hex"));
const [first = "", second = ""] = many;
const odd = "a secret with blanks, /slashes+ and so on=";

test.each([
  ["alone", first, 1],
  ["inside a longer run of letters and digits", `x0${first}zz`, 1],
  ["twice, in JSON", JSON.stringify({ a: first, b: [second] }), 2],
  ["one of another form", `key: ${odd}.`, 1],
  ["cut short", first.slice(1), 0],
  ["none", "nothing to see", 0],
])("finds %s", (_, text, hits) => {
  expect(new SecretSearch([...many, odd]).inText(text)).toBe(hits);
});

test("finds one in the bytes of a file, also where two parts of it meet", () => {
  const padding = Buffer.alloc(4 * 1024 * 1024 - 10, 0xff);
  writeFileSync(join(folder, "split"), Buffer.concat([padding, Buffer.from(first)]));
  writeFileSync(join(folder, "clean"), randomBytes(1_000));
  const search = new SecretSearch(many);
  expect(search.inFiles(folder)).toEqual([join(folder, "split")]);
  expect(search.inFiles(join(folder, "absent"))).toEqual([]);
  expect(search.inFilesInUse(folder)).toEqual([join(folder, "split")]);
  expect(search.inFilesInUse(join(folder, "split"))).toEqual([join(folder, "split")]);
  expect(search.inFilesInUse(join(folder, "absent"))).toEqual([]);
});
