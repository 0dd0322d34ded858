import { afterEach, beforeEach, expect, test } from "vitest";
import { dialectOf } from "./database";
import { inTransaction } from "./in-transaction";
import { openTestDatabase, type TestDatabase } from "./testing/open-test-database";

let opened: TestDatabase;
beforeEach(async () => {
  opened = await openTestDatabase();
});
afterEach(() => opened.close());

const lease = (name: string) => ({ name, holder: "a", token: 1, expires_at: "2030-01-01T00:00:00.000Z" });
const names = async () => (await opened.database.selectFrom("leases").select("name").execute()).map((row) => row.name);

test("commits together and rolls back together", async () => {
  const { database } = opened;
  await inTransaction(database, (inside) => inside.insertInto("leases").values(lease("kept")).execute());
  const broken = inTransaction(database, async (inside) => {
    await inside.insertInto("leases").values(lease("lost")).execute();
    throw new Error("stop");
  });
  await expect(broken).rejects.toThrow("stop");
  expect(await names()).toEqual(["kept"]);
});

test("a transaction inside a transaction joins it", async () => {
  const broken = inTransaction(opened.database, async (outer) => {
    await inTransaction(outer, (inner) => inner.insertInto("leases").values(lease("inner")).execute());
    throw new Error("stop");
  });
  await expect(broken).rejects.toThrow("stop");
  expect(await names()).toEqual([]);
});

test("the outer handle is refused inside, and works again afterwards", async () => {
  const { database } = opened;
  const mistaken = inTransaction(database, () => database.selectFrom("leases").selectAll().execute());
  await expect(mistaken).rejects.toThrow("outer database handle");
  const nested = inTransaction(database, () => inTransaction(database, async () => 1));
  await expect(nested).rejects.toThrow("outer database handle");
  expect(await names()).toEqual([]);
});

test("work left behind by a transaction may use the outer handle once it has ended", async () => {
  const { database } = opened;
  let later: Promise<unknown> = Promise.resolve();
  await inTransaction(database, async () => {
    later = new Promise((resolve) => setTimeout(resolve, 20)).then(names);
  });
  await expect(later).resolves.toEqual([]);
});

test("two handles take turns instead of failing", async () => {
  const handles = [opened.database, await opened.again()];
  await opened.database.insertInto("leases").values(lease("count")).execute();
  const add = (handle: (typeof handles)[number]) =>
    inTransaction(handle, async (inside) => {
      const query = inside.selectFrom("leases").select("token").where("name", "=", "count");
      const { token } = await (dialectOf(inside) === "postgresql"
        ? query.forUpdate()
        : query
      ).executeTakeFirstOrThrow();
      await inside
        .updateTable("leases")
        .set({ token: token + 1 })
        .where("name", "=", "count")
        .execute();
    });
  for (let round = 0; round < 20; round++) await Promise.all(handles.map(add));
  const row = await opened.database.selectFrom("leases").select("token").executeTakeFirstOrThrow();
  expect(row.token).toBe(41);
});

test("counts are numbers on both databases", async () => {
  const row = await opened.database
    .selectFrom("leases")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  expect(row.count).toBe(0);
});
