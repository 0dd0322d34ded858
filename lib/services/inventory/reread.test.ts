import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { inTransaction } from "@/lib/db/in-transaction";
import { loadInventory } from "@/lib/db/inventory";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import type { WritableRole } from "@/lib/domain/role";
import { getServiceAccount } from "@/lib/mixpanel/operations";
import type { OrganizationContext } from "@/lib/services/context";
import { type RunningSimulator, startSimulator } from "@/lib/simulator/mixpanel/server";
import { deriveAccountColumns, deriveProjectColumns } from "./derive";
import { insertCreatedAccount, removeAccountRows, rereadAccount, rereadProjects } from "./reread";
import { settleSyncs, syncOrganization } from "./sync";
import { controlSimulator } from "./testing/simulator-control";
import { TestConsole } from "./testing/test-console";

const KEY = "acme";
let simulator: RunningSimulator;
let stored: TestDatabase;
let desk: TestConsole;
let context: OrganizationContext;
let control: ReturnType<typeof controlSimulator>;
let accountsPath: string;

beforeEach(async () => {
  simulator = await startSimulator({ accounts: 30, projects: 6, seed: 11 });
  stored = await openTestDatabase();
  const { organizationId, owner, url } = simulator;
  desk = await TestConsole.open(stored.database, [
    { key: KEY, organizationId, region: "us", url: `${url}/api/app`, owner },
  ]);
  context = desk.context(KEY);
  control = controlSimulator(url, owner);
  accountsPath = `/organizations/${organizationId}/service-accounts`;
  await syncOrganization(context);
});
afterEach(async () => {
  await settleSyncs(stored.database);
  await desk.registry.close();
  await simulator.stop();
  await stored.close();
});

const inventory = () => loadInventory(stored.database, KEY);
const createdSchema = z.object({ results: z.object({ id: z.number() }) });

/** An account without any project, and two projects. */
async function pick() {
  const { accounts, projects, memberships } = await inventory();
  const free = accounts.find(({ id }) => memberships.every((row) => row.account_id !== id))!;
  const spare = accounts.find(
    ({ project_count, username }) => project_count > 0 && username !== simulator.owner.username,
  )!;
  return { free, spare, first: projects[0]!, second: projects[1]! };
}
const assign = (accountId: number, projectId: number, role: string) =>
  control.api("POST", `${accountsPath}/add-to-project`, {
    service_account_ids: [accountId],
    projects: [{ id: projectId, role }],
  });
const remove = (id: number) => control.api("DELETE", `${accountsPath}/${id}`);

async function create(role: WritableRole, projects: { id: number; role: WritableRole }[]) {
  const body = { username: "fresh", role, projects };
  const answer = createdSchema.parse(await control.api("POST", accountsPath, body));
  const { value: account } = await getServiceAccount(context.organization.upstream, answer.results.id);
  const input = { role, projects };
  await inTransaction(stored.database, (transaction) =>
    insertCreatedAccount(transaction, KEY, { account, input, at: context.now() }),
  );
  return account;
}

/** Every derived column says what the memberships say. */
async function expectDerived() {
  const { accounts, projects, memberships } = await inventory();
  for (const row of accounts) {
    expect(row).toMatchObject(deriveAccountColumns(memberships.filter(({ account_id }) => account_id === row.id)));
  }
  for (const row of projects) {
    expect(row).toMatchObject(deriveProjectColumns(memberships.filter(({ project_id }) => project_id === row.id)));
  }
}

describe("after a change", () => {
  test("a project re-read shows the new membership at once, and what follows from it", async () => {
    const { free, first } = await pick();
    await assign(free.id, first.id, "admin");
    const answer = (await rereadProjects(context, [first.id])).get(first.id);
    expect(answer).toHaveProperty("members");
    const { accounts } = await inventory();
    expect(accounts.find(({ id }) => id === free.id)).toMatchObject({ highest_role: "admin", project_count: 1 });
    await expectDerived();
  });

  test("a project that cannot be read answers its error, keeps its members and is marked", async () => {
    const { free, first, second } = await pick();
    await assign(free.id, first.id, "analyst");
    await assign(free.id, second.id, "analyst");
    await control.fail({ path: `/projects/${first.id}/`, fault: { kind: "status", status: 500 } });
    const answers = await rereadProjects(context, [first.id, second.id, 987_654]);
    expect(answers.get(first.id)).toMatchObject({ error: { code: "upstream_failed" } });
    expect(answers.get(987_654)).toMatchObject({ error: { code: "not_found" } });
    const { memberships, projects } = await inventory();
    const held = memberships.filter(({ account_id }) => account_id === free.id);
    expect(held.map(({ project_id }) => project_id)).toEqual([second.id]);
    expect(projects.find(({ id }) => id === first.id)?.problem).not.toBeNull();
  });

  test("an account re-read moves its last use, and one that is gone leaves nothing behind", async () => {
    const { spare, free } = await pick();
    expect(await rereadAccount(context, free.id)).toMatchObject({ id: free.id });
    await remove(spare.id);
    expect(await rereadAccount(context, spare.id)).toBeNull();
    const { accounts, memberships } = await inventory();
    expect(accounts.some(({ id }) => id === spare.id)).toBe(false);
    expect(memberships.some(({ account_id }) => account_id === spare.id)).toBe(false);
    await expectDerived();
  });

  test.each(["consumer", "admin"] as const)("a created %s is shown as the next sync will show it", async (role) => {
    const { first } = await pick();
    const account = await create(role, [{ id: first.id, role: "analyst" }]);
    const facts = async () => {
      const { accounts, memberships } = await inventory();
      const row = accounts.find(({ id }) => id === account.id)!;
      const held = memberships.filter(({ account_id }) => account_id === account.id);
      return {
        row: [row.highest_role, row.highest_grant, row.project_count, row.organization_role],
        held: held.map(({ project_id, grant_type, role: as }) => [project_id, grant_type, as]).sort(),
      };
    };
    await expectDerived();
    const known = await facts();
    expect(known.row.slice(3)).toEqual([role]);
    await syncOrganization(context);
    expect(await facts()).toEqual(known);
  });
});

describe("a change while a sync is reading", () => {
  /** Runs `change` when the sync has read everything and before it stores it: the latest moment for an old reading. */
  async function syncWithChange(change: () => Promise<unknown>) {
    const { upstream } = context.organization;
    const { projects } = await inventory();
    let left = projects.length;
    const organization: OrganizationContext["organization"] = {
      ...context.organization,
      upstream: {
        ...upstream,
        call: async (call) => {
          const answer = await upstream.call(call);
          if (call.path.startsWith("/projects/")) {
            left -= 1;
            if (left === 0) await change();
          }
          return answer;
        },
      },
    };
    expect(await syncOrganization({ ...context, organization })).toBe("replaced");
    await expectDerived();
  }

  test("an assignment made and re-read meanwhile stays", async () => {
    const { free, first } = await pick();
    await syncWithChange(async () => {
      await assign(free.id, first.id, "analyst");
      await rereadProjects(context, [first.id]);
    });
    const { accounts } = await inventory();
    expect(accounts.find(({ id }) => id === free.id)).toMatchObject({ highest_role: "analyst", project_count: 1 });
  });

  test("a deleted account does not come back, with or without its memberships", async () => {
    const { spare } = await pick();
    await syncWithChange(async () => {
      await remove(spare.id);
      await inTransaction(stored.database, (transaction) => removeAccountRows(transaction, KEY, [spare.id]));
    });
    const { accounts, memberships } = await inventory();
    expect(accounts.some(({ id }) => id === spare.id)).toBe(false);
    expect(memberships.some(({ account_id }) => account_id === spare.id)).toBe(false);
  });

  test("an account created meanwhile stays, in its projects", async () => {
    const { first } = await pick();
    let id = 0;
    await syncWithChange(async () => {
      id = (await create("consumer", [{ id: first.id, role: "consumer" }])).id;
    });
    const { accounts, memberships } = await inventory();
    expect(accounts.find((row) => row.id === id)).toMatchObject({ project_count: 1, organization_role: "consumer" });
    expect(memberships.filter((row) => row.account_id === id)).toHaveLength(1);
  });

  test("a change made between the comparison and the commit is seen by the commit", async () => {
    const { free, first } = await pick();
    const { database } = context;
    const open = database.transaction.bind(database);
    const opening = vi.spyOn(database, "transaction").mockImplementationOnce(() => {
      const builder = open();
      const execute = builder.execute.bind(builder);
      vi.spyOn(builder, "execute").mockImplementation(async (run) => {
        await assign(free.id, first.id, "analyst");
        await rereadProjects(context, [first.id]);
        return execute(run);
      });
      return builder;
    });
    expect(await syncOrganization(context)).toBe("replaced");
    // The sync's own, the one inside it, and the one that stores the findings after it.
    expect(opening).toHaveBeenCalledTimes(3);
    opening.mockRestore();
    const { accounts } = await inventory();
    expect(accounts.find(({ id }) => id === free.id)).toMatchObject({ highest_role: "analyst", project_count: 1 });
    await expectDerived();
  });

  test("the next sync believes Mixpanel again", async () => {
    const { free, first } = await pick();
    await assign(free.id, first.id, "analyst");
    await rereadProjects(context, [first.id]);
    await control.api("POST", `${accountsPath}/remove-from-project`, {
      projects: [{ id: first.id, service_account_ids: [free.id] }],
    });
    await syncOrganization(context);
    const { accounts } = await inventory();
    expect(accounts.find(({ id }) => id === free.id)).toMatchObject({ highest_role: null, project_count: 0 });
  });
});

test("of two re-readings the one that began later counts, whichever is stored last", async () => {
  const { free, first } = await pick();
  const { upstream } = context.organization;
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const slowUpstream: typeof upstream = {
    ...upstream,
    call: async (call) => {
      const answer = await upstream.call(call);
      await held;
      return answer;
    },
  };
  const slowContext = { ...context, organization: { ...context.organization, upstream: slowUpstream } };
  const slow = rereadProjects(slowContext, [first.id]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await assign(free.id, first.id, "analyst");
  await rereadProjects(context, [first.id]);
  release();
  await slow;
  const { memberships } = await inventory();
  expect(memberships.some((row) => row.account_id === free.id && row.project_id === first.id)).toBe(true);
});
