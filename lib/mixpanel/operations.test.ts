import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSimulator, startSimulator } from "@/lib/simulator/mixpanel/server";
import { closeUpstream, type Upstream } from "./client";
import {
  addServiceAccountsToProjects,
  createServiceAccount,
  deleteServiceAccount,
  getServiceAccount,
  listProjectServiceAccounts,
  listServiceAccounts,
  readMe,
  removeServiceAccountsFromProjects,
} from "./operations";
import { connectTo, failureOf } from "./testing/connected";

let simulator: RunningSimulator;
const upstreams: Upstream[] = [];
function connectAs(role: "owner" | "admin" | "project"): Upstream {
  const upstream = connectTo(
    `${simulator.url}/api/app`,
    { deadlines: { headers: 5_000, total: 8_000 } },
    { ...simulator[role], mixpanelId: simulator.organizationId },
  );
  upstreams.push(upstream);
  return upstream;
}

beforeAll(async () => {
  simulator = await startSimulator({ accounts: 40, projects: 8 });
});
afterAll(async () => {
  await Promise.all(upstreams.map(closeUpstream));
  await simulator.stop();
});
beforeEach(async () => {
  await fetch(`${simulator.url}/__simulator/reset`, { method: "POST" });
});

const fault = (value: object) =>
  fetch(`${simulator.url}/__simulator/faults`, { method: "POST", body: JSON.stringify(value) });
const ledger = async (): Promise<unknown> => (await fetch(`${simulator.url}/__simulator/ledger`)).json();

describe("every operation against the simulator", () => {
  it("reads the organization as it is", async () => {
    const upstream = connectAs("owner");
    const me = await readMe(upstream);
    expect(me.value.organizations).toMatchObject([{ id: simulator.organizationId, role: "owner" }]);
    expect(me.value.projects).toHaveLength(8);
    expect(new Set(me.value.projects.map((project) => project.region)).size).toBeGreaterThan(1);
    const accounts = await listServiceAccounts(upstream);
    expect(accounts.value.length).toBeGreaterThanOrEqual(40);
    const [first] = accounts.value;
    expect((await getServiceAccount(upstream, first!.id)).value).toMatchObject({ username: first!.username });
    const known = new Set(accounts.value.map((account) => account.id));
    for (const project of me.value.projects) {
      const { value } = await listProjectServiceAccounts(upstream, project);
      expect(value.accounts.every((account) => known.has(account.id))).toBe(true);
      expect(value.memberships.length).toBeGreaterThanOrEqual(value.accounts.length);
    }
    expect(Math.abs(upstream.clockSkewMs() ?? Number.NaN)).toBeLessThan(5_000);
  });

  it("creates, tries, assigns, removes and deletes", async () => {
    const upstream = connectAs("owner");
    const projects = (await readMe(upstream)).value.projects;
    const [home, other] = projects;
    const created = await createServiceAccount(upstream, {
      name: "warehouse-export",
      role: "consumer",
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
      projects: [{ id: home!.id, role: "analyst" }],
    });
    const { account, secret } = created.value;
    expect(account.username).toMatch(/^warehouse-export\.[0-9a-f]{6}\.mp-service-account$/);
    expect(secret).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(account.expiresAt).not.toBeNull();

    const tried = await readMe(upstream, { username: account.username, secret });
    expect(tried.value.projects.map((project) => project.id)).toEqual([home!.id]);

    await addServiceAccountsToProjects(upstream, {
      accountIds: [account.id],
      projects: [{ id: other!.id, role: "admin" }],
    });
    const grants = async () =>
      (await listProjectServiceAccounts(upstream, other!)).value.memberships.filter((m) => m.accountId === account.id);
    expect(await grants()).toMatchObject([{ role: "admin", grant: "individual" }]);
    await removeServiceAccountsFromProjects(upstream, { projects: [{ id: other!.id, accountIds: [account.id] }] });
    expect(await grants()).toEqual([]);

    await deleteServiceAccount(upstream, account.id);
    expect(await failureOf(getServiceAccount(upstream, account.id))).toMatchObject({ code: "upstream_not_found" });
    expect(await failureOf(deleteServiceAccount(upstream, account.id))).toMatchObject({
      code: "upstream_not_found",
      sent: "yes",
    });
    expect(await ledger()).toHaveLength(4);
  });

  it("says what a project's credential may not", async () => {
    const upstream = connectAs("project");
    expect((await readMe(upstream)).value.projects.length).toBeGreaterThan(0);
    expect(await failureOf(listServiceAccounts(upstream))).toMatchObject({ code: "upstream_not_permitted" });
    const wrong = readMe(upstream, { ...simulator.owner, secret: "wrong" });
    expect(await failureOf(wrong)).toMatchObject({ code: "upstream_credential_rejected" });
  });

  it("follows the simulator's trailing slash with the body, once", async () => {
    const upstream = connectAs("admin");
    await fault({ path: "/organizations", fault: { kind: "redirect" } });
    const input = { name: "slashed", role: "consumer" as const, expiresAt: null, projects: [] };
    const { value } = await createServiceAccount(upstream, input);
    expect(value.account.username).toMatch(/^slashed\./);
    expect(await ledger()).toHaveLength(1);
  });

  it("sends a write once, whatever becomes of its answer", async () => {
    const upstream = connectAs("owner");
    await fault({ method: "POST", fault: { kind: "reset-after-commit" } });
    const input = { name: "lost", role: "consumer" as const, expiresAt: null, projects: [] };
    expect(await failureOf(createServiceAccount(upstream, input))).toMatchObject({
      code: "outcome_unknown",
      sent: "unknown",
    });
    expect(await ledger()).toHaveLength(1);
    expect((await listServiceAccounts(upstream)).value.some((account) => account.username.startsWith("lost."))).toBe(
      true,
    );
  });
});
