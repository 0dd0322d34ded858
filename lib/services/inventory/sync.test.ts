import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadInventory } from "@/lib/db/inventory";
import { findOrganizations } from "@/lib/db/organizations";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import { accountQuerySchema } from "@/lib/domain/list-query";
import { highestMembership } from "@/lib/domain/membership";
import { listProjectServiceAccounts, listServiceAccounts } from "@/lib/mixpanel/operations";
import type { OrganizationContext } from "@/lib/services/context";
import { getOverview } from "@/lib/services/overview/get-overview";
import { listServiceAccounts as listStored } from "@/lib/services/service-accounts/list-service-accounts";
import { type RunningSimulator, startSimulator } from "@/lib/simulator/mixpanel/server";
import { getSync } from "./get-sync";
import { startSync } from "./start-sync";
import { settleSyncs, syncOrganization } from "./sync";
import { controlSimulator, type FaultRequest, until } from "./testing/simulator-control";
import { TestConsole } from "./testing/test-console";

const KEY = "acme";
const ACCOUNTS = 40;
const PROJECTS = 8;

let simulator: RunningSimulator;
let stored: TestDatabase;
let desk: TestConsole;
let context: OrganizationContext;
let control: ReturnType<typeof controlSimulator>;
let accountsPath: string;

const openConsole = async (database = stored.database) =>
  TestConsole.open(database, [
    {
      key: KEY,
      organizationId: simulator.organizationId,
      region: "us",
      url: `${simulator.url}/api/app`,
      owner: simulator.owner,
    },
  ]);

beforeEach(async () => {
  simulator = await startSimulator({ accounts: ACCOUNTS, projects: PROJECTS, seed: 7 });
  stored = await openTestDatabase();
  desk = await openConsole();
  context = desk.context(KEY);
  control = controlSimulator(simulator.url, simulator.owner);
  accountsPath = `/organizations/${simulator.organizationId}/service-accounts`;
});
afterEach(async () => {
  await settleSyncs(stored.database);
  await desk.registry.close();
  await simulator.stop();
  await stored.close();
});

/** All that is stored, without what each sync moves. */
async function picture() {
  const { accounts, projects, memberships } = await loadInventory(stored.database, KEY);
  const lines = (rows: object[]) => rows.map((row) => JSON.stringify(row)).sort();
  return {
    accounts: lines(accounts),
    projects: lines(projects.map(({ synced_at, problem, ...row }) => row)),
    memberships: lines(memberships),
  };
}
const state = async () => (await findOrganizations(stored.database, [KEY]))[0]!;
const later = (seconds: number) => {
  desk.ahead += seconds * 1_000;
};
const firstProject = async () => (await loadInventory(stored.database, KEY)).projects[0]!;
const emptyList = { kind: "status", status: 200, body: { status: "ok", results: [] } };

test("the first sync stores every account, project and membership as Mixpanel shows them", async () => {
  expect(await getSync(context)).toMatchObject({ asOf: null, stale: true, running: true });
  await settleSyncs(stored.database);
  const { upstream } = context.organization;
  const { accounts, projects, memberships } = await loadInventory(stored.database, KEY);
  const listed = (await listServiceAccounts(upstream)).value;
  const facts = (rows: { id: number; username: string }[]) => rows.map(({ id, username }) => [id, username]).sort();
  expect(facts(accounts)).toEqual(facts(listed));
  expect(accounts.filter(({ expires_at }) => expires_at !== null)).toHaveLength(
    listed.filter(({ expiresAt }) => expiresAt !== null).length,
  );
  expect(projects).toHaveLength(PROJECTS);
  for (const project of projects) {
    const region = project.region === "eu" ? "eu" : project.region === "in" ? "in" : "us";
    const { value } = await listProjectServiceAccounts(upstream, { id: project.id, region });
    const shown = value.memberships.map(({ accountId, role, grant }) => JSON.stringify([accountId, role, grant]));
    const held = memberships.filter(({ project_id }) => project_id === project.id);
    expect(
      held.map(({ account_id, role, grant_type }) => JSON.stringify([account_id, role, grant_type])).sort(),
    ).toEqual([...new Set(shown)].sort());
    expect(project.member_count).toBe(new Set(value.memberships.map(({ accountId }) => accountId)).size);
  }
  for (const account of accounts) {
    const held = memberships.filter(({ account_id }) => account_id === account.id);
    const highest = highestMembership(held.map(({ role, grant_type }) => ({ role, grant: grant_type })));
    expect(account.highest_role).toBe(highest?.role ?? null);
    expect(account.project_count).toBe(new Set(held.map(({ project_id }) => project_id)).size);
  }
  expect(accounts.some(({ project_count }) => project_count === 0)).toBe(true);
  expect(await state()).toMatchObject({ credential_role: "owner", sync_projects_done: PROJECTS, sync_running: 0 });
});

test("page views cost no upstream call while the picture is fresh, and start one sync when it is stale", async () => {
  await syncOrganization(context);
  const before = await control.requests();
  const query = accountQuerySchema.parse({});
  for (let view = 0; view < 5; view += 1) {
    await listStored(context, query);
    await getOverview(context);
  }
  expect(await control.requests()).toBe(before);
  later(301);
  await Promise.all(Array.from({ length: 20 }, () => listStored(context, query)));
  await settleSyncs(stored.database);
  expect(await control.requests()).toBe(before + 2 + PROJECTS);
});

test("progress can be watched, and ends at all of all", async () => {
  await control.fail({ path: "/projects/", fault: { kind: "delay", ms: 40 } });
  const started = await startSync(context, { acceptDoubt: false });
  expect(started).toMatchObject({ running: true, projectsDone: 0 });
  const seen = new Set<number>();
  await until(async () => {
    const { projectsDone, projectsTotal, running } = await getSync(context);
    if (projectsTotal > 0) seen.add(projectsDone);
    return !running;
  });
  expect([...seen].some((done) => done > 0 && done < PROJECTS)).toBe(true);
  expect(await getSync(context)).toMatchObject({ projectsDone: PROJECTS, projectsTotal: PROJECTS, stale: false });
});

describe("a sync that cannot read", () => {
  const failures: [string, FaultRequest["fault"], string][] = [
    ["a 500", { kind: "status", status: 500 }, "upstream_failed"],
    [
      "a 401",
      { kind: "status", status: 401, body: { status: "error", error: "Bad credential" } },
      "upstream_credential_rejected",
    ],
    ["a 403", { kind: "status", status: 403, body: { status: "error", error: "Not yours" } }, "upstream_not_permitted"],
    ["HTML with 200", { kind: "html", status: 200 }, "upstream_unexpected_answer"],
    ["invalid JSON", { kind: "invalid-json" }, "upstream_unexpected_answer"],
    ["an answer cut off", { kind: "truncate", bytes: 300 }, "upstream_unexpected_answer"],
    ["a reset", { kind: "reset-before" }, "upstream_unreachable"],
    ["a 429", { kind: "status", status: 429, headers: { "retry-after": "86400" } }, "upstream_rate_limited"],
  ];
  test.each(failures)("replaces nothing and says so: %s to the list of accounts", async (_name, fault, code) => {
    await syncOrganization(context);
    const [before, asOf] = [await picture(), (await state()).synced_at];
    await control.fail({ path: accountsPath, fault });
    later(400);
    expect(await syncOrganization(context)).toBe("failed");
    expect(await picture()).toEqual(before);
    const view = await getSync(context);
    expect(view).toMatchObject({ asOf, running: false, doubt: null, stale: true });
    expect([code, "upstream_unexpected_answer"]).toContain(view.problem?.code);
    if (code !== "upstream_unreachable") expect(view.problem?.code).toBe(code);
    await control.heal();
    later(31);
    expect(await syncOrganization(context)).toBe("replaced");
    expect((await getSync(context)).problem).toBeNull();
  });

  test("replaces nothing when `/me` fails", async () => {
    await syncOrganization(context);
    const before = await picture();
    await control.fail({ path: "/me", fault: { kind: "status", status: 503 } });
    expect(await syncOrganization(context)).toBe("failed");
    expect(await picture()).toEqual(before);
  });

  test("replaces nothing when no project's members can be read", async () => {
    await syncOrganization(context);
    const before = await picture();
    await control.fail({ path: "/projects/", fault: { kind: "status", status: 403 } });
    const asked = await control.requests("/projects/");
    expect(await syncOrganization(context)).toBe("failed");
    expect(await picture()).toEqual(before);
    expect(await getSync(context)).toMatchObject({ problem: { code: "upstream_not_permitted" } });
    expect((await control.requests("/projects/")) - asked).toBeLessThanOrEqual(PROJECTS);
  });

  test("is not tried again by page views for thirty seconds, nor before Mixpanel wants to be asked", async () => {
    await control.fail({ path: "/me", fault: { kind: "status", status: 401 } });
    await syncOrganization(context);
    const after = await control.requests();
    for (let view = 0; view < 10; view += 1) await getSync(context);
    await settleSyncs(stored.database);
    expect(await control.requests()).toBe(after);
    later(31);
    await getSync(context);
    await settleSyncs(stored.database);
    expect(await control.requests()).toBe(after + 1);

    await control.heal();
    await control.fail({ path: "/me", fault: { kind: "status", status: 429, headers: { "retry-after": "600" } } });
    later(31);
    await syncOrganization(context);
    const limited = await control.requests();
    later(500);
    expect((await getSync(context)).problem?.retryAt).toBeDefined();
    await settleSyncs(stored.database);
    expect(await control.requests()).toBe(limited);
    await control.heal();
    later(101);
    await getSync(context);
    await settleSyncs(stored.database);
    expect(await getSync(context)).toMatchObject({ problem: null, stale: false });
  });
});

describe("one project that cannot be read", () => {
  test("keeps its members and is marked, while the rest is replaced", async () => {
    await syncOrganization(context);
    const project = await firstProject();
    const before = (await loadInventory(stored.database, KEY)).memberships.filter(
      (row) => row.project_id === project.id,
    );
    const unused = (await listServiceAccounts(context.organization.upstream)).value.find(({ id }) =>
      before.every((row) => row.account_id !== id),
    )!;
    const others = (await loadInventory(stored.database, KEY)).projects.filter(({ id }) => id !== project.id);
    const projects = [project, others[0]!].map(({ id }) => ({ id, role: "analyst" }));
    await control.api("POST", `${accountsPath}/add-to-project`, { service_account_ids: [unused.id], projects });
    await control.fail({ path: `/projects/${project.id}/`, fault: { kind: "html", status: 502 } });
    later(60);
    expect(await syncOrganization(context)).toBe("replaced");
    const after = await loadInventory(stored.database, KEY);
    expect(after.memberships.filter((row) => row.project_id === project.id)).toEqual(before);
    expect(after.memberships.some((row) => row.account_id === unused.id && row.project_id === others[0]!.id)).toBe(
      true,
    );
    const marked = after.projects.find(({ id }) => id === project.id)!;
    expect(marked.problem).not.toBeNull();
    expect(marked.synced_at).toBe(project.synced_at);
    expect(await getSync(context)).toMatchObject({ unreadProjects: 1, problem: null, stale: false });
    await control.heal();
    later(60);
    await syncOrganization(context);
    expect(await getSync(context)).toMatchObject({ unreadProjects: 0 });
    const whole = (await loadInventory(stored.database, KEY)).memberships;
    expect(whole.some((row) => row.account_id === unused.id && row.project_id === project.id)).toBe(true);
  });

  test("after a 429 the rest is not asked, what was read is kept and the pause is known", async () => {
    await syncOrganization(context);
    const [readable] = (await loadInventory(stored.database, KEY)).projects;
    await control.fail({ path: `/projects/${readable!.id}/`, fault: { kind: "delay", ms: 1 } });
    const limited = { kind: "status", status: 429, headers: { "retry-after": "300" } };
    await control.fail({ path: "/projects/", fault: limited });
    const asked = await control.requests("/projects/");
    expect(await syncOrganization(context)).toBe("replaced");
    expect((await control.requests("/projects/")) - asked).toBeLessThan(PROJECTS);
    const view = await getSync(context);
    expect(view).toMatchObject({ problem: { code: "upstream_rate_limited" }, unreadProjects: PROJECTS - 1 });
    expect(view.problem?.retryAt).toBeDefined();
  });
});

describe("a suddenly empty answer", () => {
  test("replaces nothing until an operator accepts a second reading that says the same", async () => {
    await syncOrganization(context);
    const [before, asOf] = [await picture(), (await state()).synced_at];
    const doubt = `0 accounts, was ${before.accounts.length}`;
    await control.fail({ path: accountsPath, fault: emptyList });
    expect(await syncOrganization(context, { acceptDoubt: true })).toBe("doubted");
    later(120);
    expect(await syncOrganization(context)).toBe("doubted");
    expect(await picture()).toEqual(before);
    expect(await getSync(context)).toMatchObject({ doubt, asOf, problem: null });
    expect(await syncOrganization(context, { acceptDoubt: true })).toBe("replaced");
    expect((await picture()).accounts).toEqual([]);
    expect(await getSync(context)).toMatchObject({ doubt: null });
  });

  test("accepting does not cover another reading than the one that was shown", async () => {
    await syncOrganization(context);
    const before = await picture();
    const [account] = (await listServiceAccounts(context.organization.upstream)).value;
    const results = [{ id: account!.id, username: account!.username }];
    await control.fail({ path: accountsPath, fault: { kind: "status", status: 200, body: { status: "ok", results } } });
    await syncOrganization(context);
    expect((await getSync(context)).doubt).toBe(`1 accounts, was ${before.accounts.length}`);
    await control.heal();
    await control.fail({ path: accountsPath, fault: emptyList });
    expect(await syncOrganization(context, { acceptDoubt: true })).toBe("doubted");
    expect(await picture()).toEqual(before);
    expect((await getSync(context)).doubt).toBe(`0 accounts, was ${before.accounts.length}`);
  });

  test("no projects are doubted as well, and a believable reading ends the doubt", async () => {
    await syncOrganization(context);
    const before = await picture();
    const body = { status: "ok", results: { organizations: {}, projects: {}, workspaces: {} } };
    await control.fail({ path: "/me", fault: { kind: "status", status: 200, body } });
    expect(await syncOrganization(context)).toBe("doubted");
    expect(await picture()).toEqual(before);
    expect((await getSync(context)).doubt).toBe(`0 projects, was ${PROJECTS}`);
    await control.heal();
    later(301);
    expect(await syncOrganization(context)).toBe("replaced");
    expect((await getSync(context)).doubt).toBeNull();
  });

  test("one project's members are kept when they all disappear at once", async () => {
    await syncOrganization(context);
    const [before, project] = [await picture(), await firstProject()];
    await control.fail({ path: `/projects/${project.id}/`, fault: emptyList });
    expect(await syncOrganization(context)).toBe("doubted");
    expect((await picture()).memberships).toEqual(before.memberships);
    const doubt = `0 members, was ${project.member_count} in ${project.name}`;
    expect(await getSync(context)).toMatchObject({ doubt, unreadProjects: 1 });
    expect(await syncOrganization(context, { acceptDoubt: true })).toBe("replaced");
    const held = (await loadInventory(stored.database, KEY)).memberships;
    expect(held.filter((row) => row.project_id === project.id)).toEqual([]);
  });
});

describe("one sync at a time", () => {
  test("however many ask in one process", async () => {
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => syncOrganization(context)));
    expect(new Set(outcomes)).toEqual(new Set(["replaced"]));
    expect(await control.requests()).toBe(2 + PROJECTS);
  });

  test("over all replicas, each of which sees it run", async () => {
    const replicas = await Promise.all(
      [stored.again(), stored.again()].map(async (opened) => openConsole(await opened)),
    );
    await control.fail({ path: "/me", fault: { kind: "delay", ms: 150 } });
    const contexts = [context, ...replicas.map((replica) => replica.context(KEY))];
    const outcomes = await Promise.all(contexts.map((each) => syncOrganization(each)));
    expect(outcomes.filter((outcome) => outcome === "replaced")).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === "elsewhere")).toHaveLength(2);
    expect(await control.requests()).toBe(2 + PROJECTS);
    await Promise.all(replicas.map(({ registry }) => registry.close()));
  });

  test("a sync that lost its lease writes nothing", async () => {
    await control.fail({ path: accountsPath, fault: { kind: "delay", ms: 300 } });
    const slow = syncOrganization(context);
    await until(async () => (await control.requests(accountsPath)) > 0);
    const replica = await openConsole(await stored.again());
    replica.ahead = 100_000;
    await control.heal();
    expect(await syncOrganization(replica.context(KEY))).toBe("replaced");
    const asOf = (await state()).synced_at;
    desk.ahead = 100_000;
    expect(await slow).toBe("elsewhere");
    expect(await state()).toMatchObject({ synced_at: asOf, sync_running: 0, sync_problem_code: null });
    await replica.registry.close();
  });
});

test("Mixpanel's clock is the reference for what is expired when the clocks are a day apart", async () => {
  const inTwoDays = new Date(Date.now() + 2 * 86_400_000).toISOString();
  await control.setClock(inTwoDays);
  await syncOrganization(context);
  const { clockSkewMs } = await getSync(context);
  expect(Math.abs((clockSkewMs ?? 0) - 2 * 86_400_000)).toBeLessThan(10_000);
  const rows = (await loadInventory(stored.database, KEY)).accounts;
  const { counts } = await getOverview(context);
  expect(counts.expired).toBe(rows.filter(({ expires_at }) => expires_at !== null && expires_at <= inTwoDays).length);
});
