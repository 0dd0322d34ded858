import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, extname } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file !== "" && existsSync(`${root}/${file}`));
const sources = files.filter((file) => /^(app|components|lib|e2e)\/|^[^/]+$/.test(file) && /\.(tsx?|m?js)$/.test(file));
const product = sources.filter((file) => /^(app|components|lib)\//.test(file) && !/\.test\.tsx?$/.test(file));
const textOf = (file: string) => readFileSync(`${root}/${file}`, "utf8");
const linesOf = (file: string) => textOf(file).trimEnd().split("\n").length;
const containing = (pattern: RegExp, among = product) => among.filter((file) => pattern.test(textOf(file)));

test("the top level holds what was agreed and what tools demand", () => {
  const agreed = [
    ...["app", "components", "lib", "public", "e2e", "package.json", "next.config.js", "tsconfig.json", "README.md"],
    ...["instrumentation.ts", "proxy.ts", "postcss.config.mjs", "biome.json", "playwright.config.ts"],
    ...["vitest.config.ts", "Dockerfile", "compose.yaml", ".env.example", "LICENSE", "docs", "package-lock.json"],
    ...[".gitignore", ".dockerignore", ".npmrc", ".nvmrc", ".ci"],
  ];
  const present = new Set(files.map((file) => file.split("/")[0] ?? ""));
  expect([...present].filter((entry) => !agreed.includes(entry))).toEqual([]);
});

test("every file is named for its one job", () => {
  const vague = ["index", "utils", "util", "helpers", "helper", "misc", "types", "common", "shared"];
  expect(sources.filter((file) => vague.includes(basename(file, extname(file))))).toEqual([]);
});

test("files stay small: median at most 70 lines, nine of ten at most 150", () => {
  const lengths = product.map(linesOf).sort((a, b) => a - b);
  const at = (share: number) => lengths[Math.floor((lengths.length - 1) * share)] ?? 0;
  expect(lengths.length).toBeGreaterThan(10);
  expect(at(0.5)).toBeLessThanOrEqual(70);
  expect(at(0.9)).toBeLessThanOrEqual(150);
});

test("a route handler composes: under 40 lines", () => {
  const routes = product.filter((file) => /^app\/.*\/route\.ts$/.test(file));
  expect(routes.filter((file) => linesOf(file) >= 40)).toEqual([]);
});

test.each([
  { way: "a Server Action", pattern: /^\s*["']use server["']/m },
  { way: "the image optimizer", pattern: /from ["']next\/(legacy\/)?image["']/ },
  { way: "use cache", pattern: /^\s*["']use cache["']/m },
  { way: "markup set from a string", pattern: /dangerouslySetInnerHTML/ },
  { way: "a credentials provider", pattern: /CredentialsProvider|providers\/credentials/ },
])("no way in by $way", ({ pattern }) => {
  expect(containing(pattern)).toEqual([]);
});

test("no rewrites, and no authorization in proxy.ts", () => {
  expect(containing(/\brewrites?\b\s*[(:]/, ["next.config.js"])).toEqual([]);
  const proxy = sources.filter((file) => file === "proxy.ts");
  expect(containing(/getToken|getServerSession|next-auth|lib\/auth/, proxy)).toEqual([]);
});

test("the README's table names every variable of .env.example", () => {
  const readme = textOf("README.md");
  const variables = textOf(".env.example").match(/^(# )?[A-Z][A-Z_]+(?==)/gm) ?? [];
  expect(variables.length).toBeGreaterThan(15);
  expect(variables.map((line) => line.replace("# ", "")).filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});
