import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSimulator, startSimulator } from "./server";
import { type Client, clientOf } from "./test-client";

let simulator: RunningSimulator;
let client: Client;
let projects: number[];

beforeAll(async () => {
  simulator = await startSimulator({ accounts: 60, projects: 6 });
  client = clientOf(simulator);
  projects = await client.projectIds();
});
beforeEach(async () => {
  await client.control("POST", "/reset");
});
afterAll(() => simulator.stop());

const post = (path: string, body: unknown) => client.api("POST", `${client.accountsPath}/${path}`, { body });

async function grantsOf(accountId: number, projectId: number): Promise<string[]> {
  const members = (await client.members(projectId)).filter((member) => member.id === accountId);
  return members.map((member) => `${member.target_type} ${member.role}`);
}

describe("memberships", () => {
  it("come with the account that is created in projects; consumer is the role left out", async () => {
    const [first = 0, second = 0, third = 0] = projects;
    const { id, credential } = await client.create({
      username: "born",
      projects: [{ id: first, role: "analyst" }, { id: second }],
    });
    expect(await grantsOf(id, first)).toEqual(["individual analyst"]);
    expect(await grantsOf(id, second)).toEqual(["individual consumer"]);
    expect(await grantsOf(id, third)).toEqual([]);
    expect(Object.values((await client.me(credential)).projects).map((project) => project.id)).toEqual([first, second]);
  });

  it("change their role when the account is added again", async () => {
    const [project = 0] = projects;
    const { id } = await client.create({ username: "again" });
    for (const role of ["consumer", "admin", "analyst"]) {
      expect(
        (await post("add-to-project", { projects: [{ id: project, role }], service_account_ids: [id] })).status,
      ).toBe(200);
      expect(await grantsOf(id, project)).toEqual([`individual ${role}`]);
    }
  });

  it("are given all or none: one unknown id changes nothing", async () => {
    const [first = 0, second = 0] = projects;
    const { id } = await client.create({ username: "all-or-none" });
    const bodies = [
      {
        projects: [
          { id: first, role: "analyst" },
          { id: 1, role: "analyst" },
        ],
        service_account_ids: [id],
      },
      {
        projects: [
          { id: first, role: "analyst" },
          { id: second, role: "analyst" },
        ],
        service_account_ids: [id, 1],
      },
    ];
    for (const body of bodies) expect((await post("add-to-project", body)).status).toBe(404);
    expect(await grantsOf(id, first)).toEqual([]);
    expect(
      (await client.api("POST", client.accountsPath, { body: { username: "y", projects: [{ id: first }, { id: 1 }] } }))
        .status,
    ).toBe(404);
    expect((await client.accounts()).some(({ username }) => username.startsWith("y."))).toBe(false);

    await post("add-to-project", { projects: [{ id: first, role: "analyst" }], service_account_ids: [id] });
    const remove = {
      projects: [
        { id: first, service_account_ids: [id] },
        { id: 1, service_account_ids: [id] },
      ],
    };
    expect((await post("remove-from-project", remove)).status).toBe(404);
    expect(await grantsOf(id, first)).toEqual(["individual analyst"]);
  });

  it("lose only the individual grant to remove-from-project", async () => {
    const rows = (
      await Promise.all(
        projects.map(async (id) => (await client.members(id)).map((member) => ({ ...member, project: id }))),
      )
    ).flat();
    const byTeam = rows.find(
      (row) =>
        row.target_type === "team" &&
        rows.some(
          (other) => other.project === row.project && other.id === row.id && other.target_type === "individual",
        ),
    );
    if (!byTeam) throw new Error("the seed has an account with a team and an individual grant in one project");
    const remove = { projects: [{ id: byTeam.project, service_account_ids: [byTeam.id] }] };
    expect((await post("remove-from-project", remove)).status).toBe(200);
    expect((await grantsOf(byTeam.id, byTeam.project)).filter((grant) => !grant.startsWith("organization"))).toEqual([
      `team ${byTeam.role}`,
    ]);
    expect((await post("remove-from-project", remove)).status).toBe(200);
    expect(await grantsOf(byTeam.id, byTeam.project)).toContain(`team ${byTeam.role}`);
  });

  it("reach an organization's owner or admin everywhere, behind an individual grant and after it", async () => {
    const [project = 0] = projects;
    const { id } = await client.create({
      username: "boss",
      role: "admin",
      projects: [{ id: project, role: "analyst" }],
    });
    expect(await grantsOf(id, project)).toEqual(["individual analyst", "organization admin"]);
    await post("remove-from-project", { projects: [{ id: project, service_account_ids: [id] }] });
    for (const each of projects) expect(await grantsOf(id, each)).toEqual(["organization admin"]);
  });

  it("go with the account that is deleted", async () => {
    const { id } = await client.create({ username: "cascade", projects: projects.map((project) => ({ id: project })) });
    expect((await client.api("DELETE", `${client.accountsPath}/${id}`)).status).toBe(200);
    for (const project of projects) expect(await grantsOf(id, project)).toEqual([]);
    expect((await client.api("GET", `${client.accountsPath}/${id}`)).status).toBe(404);
  });
});
