import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadInventory } from "@/lib/db/inventory";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import { organizationsAnswerSchema } from "@/lib/domain/inventory-view";
import { accountQuerySchema } from "@/lib/domain/list-query";
import { settleSyncs, syncOrganization } from "@/lib/services/inventory/sync";
import { controlSimulator } from "@/lib/services/inventory/testing/simulator-control";
import { TestConsole, type TestOrganization } from "@/lib/services/inventory/testing/test-console";
import { listServiceAccounts } from "@/lib/services/service-accounts/list-service-accounts";
import { type RunningSimulator, startSimulator } from "@/lib/simulator/mixpanel/server";
import { findOrganization } from "./find-organization";
import { listOrganizations } from "./list-organizations";

let simulator: RunningSimulator;
let stored: TestDatabase;
let opened: TestConsole[];

beforeEach(async () => {
  simulator = await startSimulator({ accounts: 12, projects: 3, seed: 3, organizations: 2 });
  stored = await openTestDatabase();
  opened = [];
});
afterEach(async () => {
  await settleSyncs(stored.database);
  for (const { registry } of opened) await registry.close();
  await simulator.stop();
  await stored.close();
});

async function open(...organizations: TestOrganization[]) {
  const desk = await TestConsole.open(stored.database, organizations);
  opened.push(desk);
  return desk;
}
function configured(key: string, index: number, name?: string): TestOrganization {
  const { organizationId, region, owner } = simulator.organizations[index]!;
  const url = `${simulator.url}/api/app`;
  return { key, organizationId, region, url, owner, ...(name === undefined ? {} : { name }) };
}
const list = async (desk: TestConsole) => {
  const answer = await listOrganizations(desk.context(desk.registry.list()[0]!.key));
  expect(organizationsAnswerSchema.parse(answer)).toEqual(answer);
  return answer.organizations;
};

describe("configured organizations", () => {
  test("are listed before their first sync, and an unknown key is not found", async () => {
    const desk = await open(configured("one", 0), configured("two", 1, "Second"));
    expect(
      (await list(desk)).map(({ key, name, credentialRole, sync }) => [key, name, credentialRole, sync.asOf]),
    ).toEqual([
      ["one", `Organization ${simulator.organizations[0]!.organizationId}`, null, null],
      ["two", "Second", null, null],
    ]);
    const wrong = async () => findOrganization(desk.context("one"), "three");
    await expect(wrong).rejects.toMatchObject({ code: "not_found" });
  });

  test("take the name Mixpanel tells, unless the configuration names them", async () => {
    const desk = await open(configured("one", 0), configured("two", 1, "Second"));
    for (const key of ["one", "two"]) await syncOrganization(desk.context(key));
    const views = await list(desk);
    expect(views.map(({ name }) => name)).toEqual([simulator.organizations[0]!.name, "Second"]);
    expect(views.map(({ credentialRole }) => credentialRole)).toEqual(["owner", "owner"]);
    const again = await open(configured("one", 0), configured("two", 1, "Second"));
    expect((await list(again)).map(({ name }) => name)).toEqual([simulator.organizations[0]!.name, "Second"]);
  });

  test("keep their inventories apart", async () => {
    const desk = await open(configured("one", 0), configured("two", 1));
    for (const key of ["one", "two"]) await syncOrganization(desk.context(key));
    const query = accountQuerySchema.parse({});
    const [one, two] = await Promise.all(["one", "two"].map((key) => listServiceAccounts(desk.context(key), query)));
    expect(one!.rows.map(({ username }) => username)).not.toEqual(two!.rows.map(({ username }) => username));
    const own = (page: typeof one) => page!.rows.filter((row) => row.own).map(({ username }) => username);
    expect([own(one), own(two)]).toEqual(simulator.organizations.map(({ owner }) => [owner.username]));
  });

  test("a key that now means another organization starts from nothing", async () => {
    const before = await open(configured("one", 0));
    await syncOrganization(before.context("one"));
    await open(configured("one", 0));
    expect((await loadInventory(stored.database, "one")).accounts.length).toBeGreaterThan(0);
    const after = await open(configured("one", 1));
    expect(await loadInventory(stored.database, "one")).toEqual({ accounts: [], projects: [], memberships: [] });
    expect((await list(after))[0]).toMatchObject({ accounts: 0, sync: { asOf: null, doubt: null } });
  });

  test("a new credential is tried at once, whatever the last one met", async () => {
    const { admin } = simulator.organizations[0]!;
    const control = controlSimulator(simulator.url, simulator.owner);
    await control.fail({ path: "/me", fault: { kind: "status", status: 401 } });
    const rejected = await open(configured("one", 0));
    await syncOrganization(rejected.context("one"));
    await control.heal();
    const replaced = await open({ ...configured("one", 0), owner: admin });
    await listServiceAccounts(replaced.context("one"), accountQuerySchema.parse({}));
    await settleSyncs(stored.database);
    expect((await list(replaced))[0]).toMatchObject({ credentialRole: "admin", sync: { problem: null } });
  });
});
