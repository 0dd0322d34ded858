import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readAnnotationCsv } from "@/components/annotations/read-annotation-csv";
import { findAnnotation } from "@/lib/db/annotations";
import { type Annotation, annotationSchema, ownerKinds } from "@/lib/domain/annotation";
import type { ImportRow } from "@/lib/domain/annotation-import";
import { accountQuerySchema } from "@/lib/domain/list-query";
import { manager, openStage, type Stage, viewer } from "@/lib/services/testing/stage";
import { annotateServiceAccount } from "./annotate";
import { exportAnnotations } from "./export-annotations";
import { importAnnotations, previewImport } from "./import-annotations";

let stage: Stage;
let accounts: { id: number; username: string }[];
beforeAll(async () => {
  stage = await openStage();
  accounts = await stage.database.selectFrom("service_accounts").select(["id", "username"]).orderBy("id").execute();
});
afterAll(() => stage.close());

const query = accountQuerySchema.parse({});
async function exported(): Promise<string> {
  let text = "";
  for await (const piece of exportAnnotations(stage.as(viewer), query)) text += piece;
  return text;
}
const stored = (accountId: number) => findAnnotation(stage.database, stage.organization.key, accountId);
async function save(accountId: number, annotation: Annotation): Promise<void> {
  const { updatedAt } = await stored(accountId);
  const input = { annotation, seen: updatedAt };
  await annotateServiceAccount({ context: stage.as(manager), accountId, input, idempotencyKey: stage.newKey() });
}
const rowsOf = async (text: string): Promise<ImportRow[]> => {
  const file = await readAnnotationCsv(text);
  if ("problem" in file) throw new Error(file.problem);
  return file.rows;
};
const apply = (rows: ImportRow[], seen: (string | null)[], key = stage.newKey()) =>
  importAnnotations({
    context: stage.as(manager),
    input: { rows: rows.map((row, index) => ({ ...row, seen: seen[index] ?? null })) },
    idempotencyKey: key,
  });

const starts = fc.constantFrom("", "", "=", "+", "-", "@", "'", "''", "'=", '"', ";", "＝", ",", "\n", "NULL");
const text = (max: number) =>
  fc
    .tuple(starts, fc.string({ unit: "binary", maxLength: 12 }))
    .map(([start, rest]) => `${start}${rest}`.replace(/[\0\p{Surrogate}]/gu, "").slice(0, max));
const annotations = fc
  .record({
    owner: text(60),
    ownerKind: fc.constantFrom(...ownerKinds),
    contact: fc.constantFrom("", "ada@example.com", "+x@example.com"),
    purpose: text(60),
    ticket: text(60),
    tags: fc.subarray(["a", "vendor:acme", "0-9", "x/y"]),
    leadTimeDays: fc.constantFrom(null, 0, 30),
    timeZone: fc.constantFrom(null, "Europe/Berlin"),
    roleReason: text(60),
    neverReason: text(60),
    notes: text(60),
  })
  .map((raw) => annotationSchema.parse(raw));

it("what is exported comes back by an import as it was, and no cell starts a formula", async () => {
  const [one, other] = accounts;
  if (!one || !other) throw new Error("The stage has accounts.");
  await fc.assert(
    fc.asyncProperty(annotations, annotations, async (first, second) => {
      await save(one.id, first);
      const file = await exported();
      expect(file).not.toMatch(/(^|,|\n)"[=+\-@＝＋－＠]/);
      const rows = await rowsOf(file);
      expect(rows).toHaveLength(accounts.length);
      const unchanged = await previewImport(stage.as(manager), { rows });
      expect(new Set(unchanged.lines.map(({ outcome }) => outcome))).toEqual(new Set(["unchanged"]));
      await save(one.id, second);
      const preview = await previewImport(stage.as(manager), { rows });
      await apply(
        rows,
        preview.lines.map(({ seen }) => seen),
      );
      const { updatedAt: _, updatedBy: __, ...now } = await stored(one.id);
      expect(now).toEqual(first);
    }),
    { numRuns: 25 },
  );
}, 60_000);

it("says of each line what it would do, and applies only what can be", async () => {
  const [, , one, two, three] = accounts;
  const file = [
    "Username;Id;Owner;Lead time days;Whatever",
    `${one?.username};;Ada;10;x`,
    `;${two?.id};;;`,
    "nobody.000000.mp-service-account;;Ada;;",
    `${three?.username};;Ada;soon;`,
    `${one?.username};${two?.id};Ada;;`,
    ";;Ada;;",
    `;${one?.id};Bob;;`,
  ].join("\n");
  const rows = await rowsOf(file);
  const { lines } = await previewImport(stage.as(manager), { rows });
  expect(lines.map(({ line, outcome }) => [line, outcome])).toEqual([
    [2, "changed"],
    [3, "unchanged"],
    [4, "unknown"],
    [5, "invalid"],
    [6, "invalid"],
    [7, "invalid"],
    [8, "conflict"],
  ]);
  expect(lines[0]?.fields).toEqual(["owner", "leadTimeDays"]);
  expect(lines[3]?.reason).toBe("lead time days: A number of days.");
  expect(await stored(one?.id ?? 0)).toMatchObject({ owner: null });

  const key = stage.newKey();
  const seen = lines.map((line) => line.seen);
  const answer = await apply(rows, seen, key);
  expect(answer).toEqual({ lines });
  expect(await apply(rows, seen, key)).toEqual(answer);
  expect(await stored(one?.id ?? 0)).toMatchObject({ owner: "Ada", leadTimeDays: 10, updatedBy: "Max" });
  const again = await apply(rows.slice(0, 1), [null]);
  expect(again.lines).toMatchObject([{ outcome: "conflict", reason: "Max has changed it since the preview." }]);
});

it("names the line on which a record begins, whatever stands in between", async () => {
  const rows = await rowsOf('\ufeffid\tnotes\r\n\r\n1\t"two\r\nlines"\r\n2\tx\r\n\r\n3\ty');
  expect(rows.map(({ line, accountId, cells }) => [line, accountId, cells.notes])).toEqual([
    [3, "1", "two\nlines"],
    [5, "2", "x"],
    [7, "3", "y"],
  ]);
});

it("is refused to viewers", async () => {
  const rows = await rowsOf(`id,owner\n${accounts[0]?.id},Ada\n`);
  await expect(previewImport(stage.as(viewer), { rows })).rejects.toMatchObject({ code: "not_permitted" });
});

it.each([
  ["nothing", "", "The file is empty."],
  ["no head that names an account", "owner\nAda", "No column is called username or id."],
  ["nothing to set", "id,colour\n1,red", "No column is one that can be imported: owner, "],
  ["a column twice", "id,owner,Owner\n1,a,b", "Two columns are called owner."],
  ["an open quote", 'id,owner\n1,"Ada', "It is not CSV"],
])("refuses a file with %s", async (_, content, problem) => {
  expect(await readAnnotationCsv(content)).toEqual({ problem: expect.stringContaining(problem) });
});
