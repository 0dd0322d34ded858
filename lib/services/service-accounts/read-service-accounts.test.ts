import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { storableText } from "@/lib/db/storable-text";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import { accountDetailSchema, accountSelectionSchema } from "@/lib/domain/inventory-view";
import { accountQuerySchema } from "@/lib/domain/list-query";
import type { OrganizationContext } from "@/lib/services/context";
import {
  seedAccount,
  seedInventory,
  seedMembership,
  seedOperation,
} from "@/lib/services/inventory/testing/seed-inventory";
import { TestConsole } from "@/lib/services/inventory/testing/test-console";
import { exportServiceAccounts } from "./export-service-accounts";
import { getServiceAccount } from "./get-service-account";
import { selectServiceAccounts } from "./select-service-accounts";

const owner = { username: "keywarden.0a1b2c.mp-service-account", secret: "Canary0123456789Canary0123456789" };
const suffix = ".95a0b8.mp-service-account";
let stored: TestDatabase;
let desk: TestConsole;
let context: OrganizationContext;

beforeAll(async () => {
  stored = await openTestDatabase();
  const place = { organizationId: 77, region: "us", url: "http://127.0.0.1:9/api/app", owner };
  desk = await TestConsole.open(stored.database, [
    { key: "acme", ...place },
    { key: "bulk", ...place },
  ]);
  context = desk.context("acme");
});
afterAll(async () => {
  await desk.registry.close();
  await stored.close();
});

describe("one account", () => {
  beforeAll(async () => {
    await seedInventory(context, {
      accounts: [seedAccount(1, { username: owner.username }), seedAccount(2), seedAccount(3)],
      projects: [
        { id: 20, name: "Beta" },
        { id: 10, name: "alpha" },
      ],
      memberships: [
        seedMembership(1, 10, "consumer"),
        seedMembership(1, 10, "owner", "organization"),
        seedMembership(1, 20, "owner", "organization"),
        seedMembership(2, 20, "Marketing reader", "team"),
        seedMembership(99, 20, "admin"),
      ],
    });
  });

  test("shows its memberships once per grant, by project, the strongest first", async () => {
    const detail = await getServiceAccount(context, 1);
    expect(accountDetailSchema.parse(detail)).toEqual(detail);
    expect(detail.account).toMatchObject({
      name: "keywarden",
      suffix: ".0a1b2c.mp-service-account",
      highestRole: "owner",
      highestGrant: "organization",
      projectCount: 2,
      own: true,
    });
    expect(detail.memberships.map(({ projectName, role, grant }) => [projectName, role, grant])).toEqual([
      ["alpha", "owner", "organization"],
      ["alpha", "consumer", "individual"],
      ["Beta", "owner", "organization"],
    ]);
  });

  test("shows what others are doing to it, and not what is over", async () => {
    const states = ["prepared", "sent", "unknown", "succeeded", "failed", "reconciled"];
    for (const state of states) await seedOperation(stored.database, "acme", 2, state);
    await seedOperation(stored.database, "bulk", 3, "sent");
    const { pending } = await getServiceAccount(context, 2);
    expect(pending.map(({ state, actorName }) => [state, actorName]).sort()).toEqual([
      ["prepared", "Mona"],
      ["sent", "Mona"],
      ["unknown", "Mona"],
    ]);
    expect((await getServiceAccount(context, 3)).pending).toEqual([]);
  });

  test("one that is not there is not found, nor is a member nobody listed", async () => {
    await expect(getServiceAccount(context, 99)).rejects.toMatchObject({ code: "not_found" });
    await expect(getServiceAccount(desk.context("bulk"), 1)).rejects.toMatchObject({ code: "not_found" });
  });

  test("a selection holds each chosen account once with all its memberships", async () => {
    const selection = await selectServiceAccounts(context, { ids: [2, 1, 2, 99] });
    expect(accountSelectionSchema.parse(selection)).toEqual(selection);
    expect(selection.accounts.map(({ id }) => id)).toEqual([1, 2]);
    expect(selection.memberships.map(({ accountId, projectId }) => [accountId, projectId])).toEqual([
      [1, 10],
      [1, 10],
      [1, 20],
      [2, 20],
    ]);
  });
});

describe("the CSV", () => {
  const read = async (key: string, query = {}) => {
    let text = "";
    for await (const piece of exportServiceAccounts(desk.context(key), accountQuerySchema.parse(query))) text += piece;
    return parseCsv(text);
  };

  test("holds all that is filtered in the list's order, over every page", async () => {
    const accounts = Array.from({ length: 1_203 }, (_, index) => seedAccount(index + 1));
    await seedInventory(desk.context("bulk"), { accounts, projects: [], memberships: [] });
    const [header, ...lines] = await read("bulk", { sort: "name", order: "desc", page: 3, size: 50 });
    expect(header).toEqual([
      "name",
      "username",
      "id",
      "highest role",
      "grant",
      "projects",
      "created",
      "creator",
      "last used",
      "expires",
      "expiry state",
    ]);
    expect(lines).toHaveLength(1_203);
    const sorted = accounts
      .map(({ username }) => username.replace(suffix, ""))
      .sort()
      .reverse();
    expect(lines.map(([name]) => name)).toEqual(sorted);
    expect(await read("bulk", { search: "job-77." })).toHaveLength(2);
  });

  test("comes back as it was stored, whatever the names are, and no cell starts a formula", async () => {
    const text = fc.string({ unit: "binary", minLength: 1, maxLength: 20 }).map(storableText);
    const starts = fc.constantFrom("", "=", "+", "-", "@", "\t", "\r", "\n", '"', ";", "＝", " ");
    const hostile = fc.tuple(starts, text).map(([start, rest]) => `${start}${rest}x`);
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (name, creatorName) => {
        const username = `${name}${suffix}`;
        const accounts = [seedAccount(1, { username, creatorName })];
        await seedInventory(desk.context("bulk"), { accounts, projects: [], memberships: [] });
        const [, line, ...more] = await read("bulk");
        expect(more).toEqual([]);
        const cells = line ?? [];
        expect(cells.map((cell) => cell.replace(/^'/, ""))).toEqual(
          [name, username, "1", "", "", "0", "", creatorName, "", "", "never"].map((cell) => cell.replace(/^'/, "")),
        );
        for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
      }),
      { numRuns: 60 },
    );
  });
});

/** Reads RFC 4180 CSV, line ends inside quotes included. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy;
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (!match) throw new Error(`Not CSV at ${cell.lastIndex}.`);
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] !== ",") {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
