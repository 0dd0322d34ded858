import { countAccounts, countAllAccounts, findAccountPage } from "@/lib/db/service-accounts";
import { openTestDatabase } from "@/lib/db/testing/open-test-database";
import { accountQuerySchema } from "@/lib/domain/list-query";
import { compare, type Figure } from "./figure";
import { storeLargeInventory } from "./large-inventory";

const KEY = "bench";

/** The list's queries at 10,000 accounts and 500 projects, beside counting the same table. */
export async function* benchListQuery(): AsyncIterable<Figure> {
  const { database, close } = await openTestDatabase();
  try {
    const now = new Date();
    await storeLargeInventory(database, KEY, { accounts: 10_000, projects: 500, now });
    const count = () => countAllAccounts(database, KEY);
    const page = (parameters: Record<string, string>) => async () => {
      const query = accountQuerySchema.parse(parameters);
      await findAccountPage(database, KEY, query, now);
      await countAccounts(database, KEY, query, now);
    };
    yield await compare("list-query: first page", 200, page({}), count);
    yield await compare("list-query: last page", 200, page({ page: "200" }), count);
    yield await compare("list-query: search", 200, page({ search: "nightly" }), count);
    yield await compare(
      "list-query: filters",
      200,
      page({ expiry: "critical,warning", project: "7", sort: "lastUsed" }),
      count,
    );
  } finally {
    await close();
  }
}
