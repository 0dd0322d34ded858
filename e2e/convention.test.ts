import { afterAll, beforeAll, expect, test } from "vitest";
import { type Caught, lintPlanted, type Plant } from "./planted-tree";

/** The floors of docs/architecture.md, written down a second time: folder → the folders it may import. */
const serverFloors = ["lib/domain", "lib/paths", "lib/env", "lib/mixpanel", "lib/db", "lib/services"];
const mayImport: Record<string, string[]> = {
  "lib/domain": [],
  "lib/paths": [],
  "lib/env": ["lib/domain", "lib/paths"],
  "lib/mixpanel": ["lib/domain", "lib/paths", "lib/env"],
  "lib/db": ["lib/domain", "lib/paths", "lib/env"],
  "lib/services": ["lib/domain", "lib/paths", "lib/env", "lib/mixpanel", "lib/db"],
  "lib/api-client": ["lib/domain", "lib/paths"],
  "lib/auth": serverFloors,
  "lib/http": [...serverFloors, "lib/auth"],
  "lib/jobs": serverFloors,
  "lib/simulator": ["lib/domain", "lib/paths"],
  "components/ui": [],
  "components/accounts": ["lib/domain", "lib/paths", "lib/api-client", "components/ui"],
  app: [...serverFloors, "lib/api-client", "lib/auth", "lib/http", "lib/jobs", "components/ui", "components/accounts"],
};
const folders = Object.keys(mayImport);
const slug = (path: string) => path.replaceAll("/", "-");
const restricted = "lint/style/noRestrictedImports";

const targets: Plant[] = folders.map((folder) => ({ path: `${folder}/target.ts`, code: "export const target = 1;\n" }));

const floorPlants = folders.flatMap((from) =>
  folders
    .filter((to) => to !== from)
    .map((to) => ({
      from,
      to,
      legal: mayImport[from]?.includes(to) ?? false,
      path: `${from}/to-${slug(to)}.ts`,
      code: `import { target } from "@/${to}/target";\n\nexport const used = target;\n`,
    })),
);

const relativePlants = folders.map((from) => ({
  path: `${from}/relative.ts`,
  code: `import { target } from "${"../".repeat(from.split("/").length)}elsewhere/target";\n\nexport const used = target;\n`,
}));

/** Other forms of one breach: lib/db reaching for lib/mixpanel. */
const formPlants = {
  "a type import": 'import type { Client } from "@/lib/mixpanel/target";\n\nexport type Used = Client;\n',
  "a re-export": 'export { target } from "@/lib/mixpanel/target";\n',
  "a dynamic import": 'export const used = () => import("@/lib/mixpanel/target");\n',
};

const packages = {
  "lib/domain": ["node:fs", "react", "next/headers", "next-auth", "kysely", "undici", "pg", "better-sqlite3"],
  "lib/paths": ["node:fs", "react", "next/headers", "next-auth", "kysely", "undici", "pg", "better-sqlite3"],
  "lib/api-client": ["node:fs", "kysely", "undici", "pg", "better-sqlite3", "pino"],
  "components/accounts": ["node:fs", "kysely", "undici", "pg", "better-sqlite3", "pino"],
  "components/ui": ["node:fs", "kysely", "undici", "pg", "better-sqlite3", "pino"],
};
const packagePlants = Object.entries(packages).flatMap(([folder, names]) =>
  names.map((name) => ({
    folder,
    name,
    path: `${folder}/package-${slug(name.replace(":", "-"))}.ts`,
    code: `import * as used from "${name}";\n\nexport const kept = used;\n`,
  })),
);

const long = (lines: number) => Array.from({ length: lines }, (_, line) => `export const line${line} = 1;\n`).join("");

const rulePlants: (Plant & { rule: string; what: string })[] = [
  {
    what: "a cycle through the alias",
    rule: "lint/suspicious/noImportCycles",
    path: "lib/services/cycle-a.ts",
    code: 'import { b } from "@/lib/services/cycle-b";\n\nexport const a = () => b;\n',
  },
  {
    what: "a cycle through relative imports",
    rule: "lint/suspicious/noImportCycles",
    path: "lib/services/cycle-c.ts",
    code: 'import { d } from "./cycle-d";\n\nexport const c = () => d;\n',
  },
  {
    what: "any",
    rule: "lint/suspicious/noExplicitAny",
    path: "lib/db/any.ts",
    code: "export const loose = (value: any) => value;\n",
  },
  {
    what: "console",
    rule: "lint/suspicious/noConsole",
    path: "lib/services/loud.ts",
    code: 'export const loud = () => console.log("x");\n',
  },
  {
    what: "process.env outside lib/env",
    rule: "lint/style/noProcessEnv",
    path: "lib/services/environment.ts",
    code: "export const port = () => process.env.PORT;\n",
  },
  {
    what: "a default export",
    rule: "lint/style/noDefaultExport",
    path: "components/accounts/default.tsx",
    code: "export default function Row() {\n  return <p>x</p>;\n}\n",
  },
  {
    what: "a non-null assertion",
    rule: "lint/style/noNonNullAssertion",
    path: "lib/db/sure.ts",
    code: "export const first = (rows: string[]) => rows[0]!;\n",
  },
  {
    what: "a value import of a type",
    rule: "lint/style/useImportType",
    path: "lib/db/type.ts",
    code: 'import { Row } from "./row-type";\n\nexport const keep = (row: Row) => row;\n',
  },
  {
    what: "a name in PascalCase",
    rule: "lint/style/useFilenamingConvention",
    path: "components/accounts/AccountRow.ts",
    code: "export const row = 1;\n",
  },
  {
    what: "a name in snake_case",
    rule: "lint/style/useFilenamingConvention",
    path: "lib/db/account_row.ts",
    code: "export const row = 1;\n",
  },
  {
    what: "251 lines",
    rule: "lint/style/noExcessiveLinesPerFile",
    path: "lib/db/long.ts",
    code: long(251),
  },
  { what: "other formatting", rule: "format", path: "lib/db/format.ts", code: "export const   spaced = 1\n" },
];

const companions: Plant[] = [
  {
    path: "lib/services/cycle-b.ts",
    code: 'import { a } from "@/lib/services/cycle-a";\n\nexport const b = () => a;\n',
  },
  { path: "lib/services/cycle-d.ts", code: 'import { c } from "./cycle-c";\n\nexport const d = () => c;\n' },
  { path: "lib/db/row-type.ts", code: "export type Row = { id: number };\n" },
];

const legalPlants: (Plant & { what: string })[] = [
  { what: "250 lines", path: "lib/db/just-short.ts", code: long(250) },
  {
    what: "an import inside the folder",
    path: "lib/db/neighbour.ts",
    code: 'import { target } from "./target";\n\nexport const used = target;\n',
  },
  {
    what: "process.env in lib/env",
    path: "lib/env/source.ts",
    code: "export const port = () => process.env.PORT;\n",
  },
  {
    what: "the default export of a page",
    path: "app/settings/page.tsx",
    code: "export default function Page() {\n  return <p>x</p>;\n}\n",
  },
  { what: "console in an end-to-end script", path: "e2e/report.ts", code: 'console.log("x");\n' },
  {
    what: "a test that reaches across floors",
    path: "lib/db/query.test.ts",
    code: 'import { target } from "@/lib/mixpanel/target";\n\nexport const used = target;\n',
  },
];

let tree: { caught: Caught[]; remove: () => void };
const rulesAt = (path: string) => tree.caught.filter((each) => each.path === path).map((each) => each.rule);

beforeAll(() => {
  const forms = Object.values(formPlants).map((code, index) => ({ path: `lib/db/form-${index}.ts`, code }));
  tree = lintPlanted([
    ...targets,
    ...floorPlants,
    ...relativePlants,
    ...forms,
    ...packagePlants,
    ...rulePlants,
    ...companions,
    ...legalPlants,
  ]);
});
afterAll(() => tree?.remove());

test.each(floorPlants.filter((plant) => !plant.legal))("$from may not import $to", (plant) => {
  expect(rulesAt(plant.path)).toContain(restricted);
});

test.each(floorPlants.filter((plant) => plant.legal))("$from may import $to", (plant) => {
  expect(rulesAt(plant.path)).toEqual([]);
});

test.each(relativePlants)("no way out of the folder by a relative import: $path", (plant) => {
  expect(rulesAt(plant.path)).toContain(restricted);
});

test.each(Object.keys(formPlants).map((form, index) => ({ form, path: `lib/db/form-${index}.ts` })))(
  "$form is an import too",
  ({ path }) => {
    expect(rulesAt(path)).toContain(restricted);
  },
);

test.each(packagePlants)("$folder may not import $name", (plant) => {
  expect(rulesAt(plant.path)).toContain(restricted);
});

test.each(rulePlants)("caught: $what", (plant) => {
  expect(rulesAt(plant.path)).toContain(plant.rule);
});

test.each(legalPlants)("not flagged: $what", (plant) => {
  expect(rulesAt(plant.path)).toEqual([]);
});
