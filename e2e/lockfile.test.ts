import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { allowsNode } from "./node-range";

const entrySchema = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
  optional: z.boolean().optional(),
  engines: z.union([z.object({ node: z.string().optional() }), z.array(z.string())]).optional(),
});
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), "utf8"));
const { packages } = z.object({ packages: z.record(z.string(), entrySchema) }).parse(read("package-lock.json"));
const manifest = z
  .object({
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
    allowScripts: z.record(z.string(), z.boolean()),
  })
  .parse(read("package.json"));

const installed = Object.entries(packages).filter(([path]) => path !== "");
const versionOf = (name: string) => packages[`node_modules/${name}`]?.version ?? "0.0.0";
const nameOf = (path: string) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);

test.each([
  { name: "next", floor: "16.3.8" },
  { name: "next-auth", floor: "4.24.15" },
])("$name is at least $floor: older ones have known ways in", ({ name, floor }) => {
  expect(versionOf(name)).toMatch(/^\d+\.\d+\.\d+$/);
  expect(allowsNode(`>=${floor}`, versionOf(name))).toBe(true);
});

test("the lockfile names no host that packages came from", () => {
  expect(installed.filter(([, entry]) => entry.resolved).map(([path]) => path)).toEqual([]);
});

test.each(["20.19.0", "24.0.0"])("every package allows Node %s", (version) => {
  const refusing = installed.flatMap(([path, { engines, optional }]) => {
    if (optional || engines === undefined || Array.isArray(engines) || engines.node === undefined) return [];
    return allowsNode(engines.node, version) ? [] : [`${path}: ${engines.node}`];
  });
  expect(installed.length).toBeGreaterThan(100);
  expect(refusing).toEqual([]);
});

test("only reviewed packages run a script when they are installed", () => {
  const scripted = installed
    .filter(([, entry]) => entry.hasInstallScript && !entry.optional)
    .map(([path]) => nameOf(path));
  expect(scripted.sort()).toEqual(
    Object.keys(manifest.allowScripts)
      .filter((name) => manifest.allowScripts[name])
      .sort(),
  );
});

test("every dependency is pinned to one version", () => {
  const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
    ([, range]) => !/^\d+\.\d+\.\d+$/.test(range),
  );
  expect(loose).toEqual([]);
});

test.each([
  { range: ">=20.9.0", version: "20.19.0", allowed: true },
  { range: "20.x || 22.x", version: "20.19.0", allowed: true },
  { range: "20.x || 22.x", version: "24.0.0", allowed: false },
  { range: "^18.18.0 || >= 22.12", version: "20.19.0", allowed: false },
  { range: "^20.19.0 || >=22.12.0", version: "20.18.3", allowed: false },
  { range: ">=18 <25", version: "24.0.0", allowed: true },
])("the range $range and Node $version: $allowed", ({ range, version, allowed }) => {
  expect(allowsNode(range, version)).toBe(allowed);
});
