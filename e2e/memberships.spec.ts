import { api, pages } from "@/lib/paths/paths";
import { expect, test } from "./fixtures";
import { newAccounts } from "./new-accounts";
import { change } from "./request-as";
import { accountTable, chooseProjects, openAccountList, recordOf, rowsOf } from "./screens";
import { upstreamOf } from "./upstream";

test.beforeAll(({ resetStack }) => resetStack());

test("Managers assign an account to a project, change its role and take it out again", async ({
  page,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "manager");
  const upstream = upstreamOf(organization);
  const [project] = await upstream.projects();
  const [account] = await newAccounts(await apiAs("administrator"), organization.key, ["assign-me"]);
  const before = (await stack.simulator.ledger()).length;
  await page.goto(pages.serviceAccount(organization.key, account!.id));
  await expect(page.getByText("It can sign in but reads no project's data.")).toBeVisible();

  for (const [role, sentence] of [
    ["analyst", "Role now: analyst"],
    ["consumer", "Role now: consumer"],
  ] as const) {
    await page.getByRole("button", { name: "Assign to projects" }).click();
    const dialog = page.getByRole("dialog", { name: "Assign assign-me to projects" });
    await chooseProjects(dialog, [{ name: project!.name, role }]);
    await expect(dialog).toContainText("1 membership will be set.");
    await dialog.getByRole("button", { name: "Assign to 1 project" }).click();
    const results = page.getByRole("dialog", { name: "What came of it" });
    await expect(rowsOf(results.getByRole("table", { name: "Results" }))).toContainText([sentence]);
    await expect(results).toContainText("1 done");
    await results.getByRole("button", { name: "Close" }).last().click();
    const access = rowsOf(page.getByRole("table", { name: "Projects of this service account" }));
    await expect(access).toHaveCount(1);
    await expect(access).toContainText(role);
    const member = (await upstream.members(project!.id)).find(({ id }) => id === account!.id);
    expect(member).toMatchObject({ role, target_type: "individual" });
  }

  await page
    .getByRole("table", { name: "Projects of this service account" })
    .getByRole("button", { name: "Remove" })
    .click();
  const dialog = page.getByRole("dialog", { name: "Remove 1 service account from projects" });
  await expect(dialog.getByRole("checkbox", { name: project!.name })).toBeChecked();
  await dialog.getByRole("button", { name: "Remove 1 membership" }).click();
  await page.getByRole("dialog", { name: "What came of it" }).getByRole("button", { name: "Close" }).last().click();
  await expect(page.getByText("It can sign in but reads no project's data.")).toBeVisible();
  expect((await upstream.members(project!.id)).some(({ id }) => id === account!.id)).toBe(false);

  const sent = (await stack.simulator.ledger()).slice(before);
  expect(sent.map(({ path }) => path.split("/").at(-1))).toEqual([
    "add-to-project",
    "add-to-project",
    "remove-from-project",
  ]);
  expect(sent[0]?.body).toEqual({
    service_account_ids: [account!.id],
    projects: [{ id: project!.id, role: "analyst" }],
  });
  expect((await recordOf(page, organization.key, "assign-me")).slice(0, 6)).toEqual([
    "Remove from project: Succeeded",
    "Remove from project: Intended",
    "Assign to project: Succeeded",
    "Assign to project: Intended",
    "Assign to project: Succeeded",
    "Assign to project: Intended",
  ]);
});

test("Managers assign several accounts to several projects with a role each, and take them out together", async ({
  page,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "manager");
  const upstream = upstreamOf(organization);
  const [, , , one, two] = await upstream.projects();
  const names = ["bulk-a", "bulk-b", "bulk-c"];
  const accounts = await newAccounts(await apiAs("administrator"), organization.key, names);
  const ids = accounts.map(({ id }) => id);
  // One of the six is there already, so only five are changes.
  await (await apiAs("administrator")).post(
    api.memberships(organization.key),
    change({ accountIds: [ids[0]], projects: [{ id: one!.id, role: "analyst" }] }),
  );
  const before = (await stack.simulator.ledger()).length;
  await openAccountList(page, organization.key, "search=bulk-");
  await expect(rowsOf(accountTable(page))).toHaveCount(3);
  await page.getByRole("checkbox", { name: "Select all on this page" }).click();
  const bar = page.getByRole("region", { name: "Selected service accounts" });
  await expect(bar).toContainText("3 selected");
  await bar.getByRole("button", { name: "Assign to projects" }).click();
  const assign = page.getByRole("dialog", { name: "Assign 3 service accounts to projects" });
  await chooseProjects(assign, [
    { name: one!.name, role: "analyst" },
    { name: two!.name, role: "consumer" },
  ]);
  await expect(assign).toContainText("6 memberships will be set.");
  await assign.getByRole("button", { name: "Assign to 2 projects" }).click();
  const results = page.getByRole("dialog", { name: "What came of it" });
  await expect(results).toContainText("5 done, 1 already so");
  const lines = rowsOf(results.getByRole("table", { name: "Results" }));
  await expect(lines).toHaveCount(6);
  await expect(lines.filter({ hasText: "bulk-a" }).filter({ hasText: one!.name })).toContainText("Already so");
  await expect(lines.filter({ hasText: "bulk-c" }).filter({ hasText: two!.name })).toContainText("Role now: consumer");
  await results.getByRole("button", { name: "Close" }).last().click();
  const added = (await stack.simulator.ledger()).slice(before).map(({ body }) => body);
  expect(added).toHaveLength(2);
  expect(added).toEqual(
    expect.arrayContaining([
      { service_account_ids: expect.arrayContaining(ids.slice(1)), projects: [{ id: one!.id, role: "analyst" }] },
      { service_account_ids: expect.arrayContaining(ids), projects: [{ id: two!.id, role: "consumer" }] },
    ]),
  );
  for (const row of await rowsOf(accountTable(page)).all()) await expect(row).toContainText("analyst");

  await bar.getByRole("button", { name: "Remove from projects" }).click();
  const remove = page.getByRole("dialog", { name: "Remove 3 service accounts from projects" });
  await expect(remove.getByRole("button", { name: "Remove 0 memberships" })).toHaveAttribute("aria-disabled", "true");
  for (const { name } of [one!, two!]) await remove.getByRole("checkbox", { name }).click();
  await expect(remove).toContainText("6 memberships will be removed.");
  await remove.getByRole("button", { name: "Remove 6 memberships" }).click();
  await expect(results).toContainText("6 done");
  await results.getByRole("button", { name: "Close" }).last().click();
  for (const row of await rowsOf(accountTable(page)).all()) await expect(row).toContainText("No project");
  for (const { id } of [one!, two!]) {
    expect((await upstream.members(id)).filter((member) => ids.includes(member.id))).toEqual([]);
  }
});

test("What a team gives stays, and the result says where it can be changed", async ({
  page,
  organization,
  signInAs,
}) => {
  await signInAs(page, "manager");
  const upstream = upstreamOf(organization);
  const projects = await upstream.projects();
  const members = await Promise.all(
    projects.map(async (project) => (await upstream.members(project.id)).map((member) => ({ ...member, project }))),
  );
  const grants = members.flat();
  const both = grants.find(
    (grant) =>
      grant.target_type === "team" &&
      grants.some(
        ({ id, project, target_type }) =>
          id === grant.id && project.id === grant.project.id && target_type === "individual",
      ) &&
      grants.every(({ id, role }) => id !== grant.id || ["analyst", "consumer"].includes(role)),
  )!;
  await page.goto(pages.serviceAccount(organization.key, both.id));
  const there = rowsOf(page.getByRole("table", { name: "Projects of this service account" })).filter({
    hasText: both.project.name,
  });
  await there.getByRole("button", { name: "Remove" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove 1 service account from projects" });
  await expect(dialog.getByRole("listitem").filter({ hasText: both.project.name })).toContainText(
    "1 individual grant will go; 1 grant through a team or the organization: change it in Mixpanel",
  );
  await dialog.getByRole("button", { name: "Remove 1 membership" }).click();
  const results = page.getByRole("dialog", { name: "What came of it" });
  await expect(results).toContainText("It still has analyst here through a team: change that in Mixpanel.");
  await results.getByRole("button", { name: "Close" }).last().click();
  await expect(there).toHaveCount(1);
  await expect(there).toContainText("through a team");
});

test("A change shows what Mixpanel really holds, not what was asked", async ({
  page,
  organization,
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "manager");
  const upstream = upstreamOf(organization);
  const [, , , , , one, two] = await upstream.projects();
  const [account] = await newAccounts(await apiAs("administrator"), organization.key, ["changed-elsewhere"]);
  await page.goto(pages.serviceAccount(organization.key, account!.id));
  await expect(page.getByText("It can sign in but reads no project's data.")).toBeVisible();
  // Somebody works in Mixpanel at the same time: the console does not know of it until it reads this project again.
  await upstream.assign(account!.id, two!.id, "analyst");
  await page.getByRole("button", { name: "Assign to projects" }).click();
  const dialog = page.getByRole("dialog", { name: "Assign changed-elsewhere to projects" });
  await chooseProjects(dialog, [{ name: one!.name }, { name: two!.name }]);
  await dialog.getByRole("button", { name: "Assign to 2 projects" }).click();
  await expect(page.getByRole("dialog", { name: "What came of it" })).toContainText("2 done");
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  const access = rowsOf(page.getByRole("table", { name: "Projects of this service account" }));
  await expect(access).toHaveCount(2);
  await expect(access.filter({ hasText: two!.name })).toContainText("consumer");
});
