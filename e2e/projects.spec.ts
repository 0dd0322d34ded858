import { pages } from "@/lib/paths/paths";
import { expect, test } from "./fixtures";
import { newAccounts } from "./new-accounts";
import { factOf, nameOf, rangeOf, rowsOf } from "./screens";
import { upstreamOf } from "./upstream";

test.beforeAll(({ resetStack }) => resetStack());

test("Viewers find a project and everyone who reaches it, with role and grant", async ({
  page,
  organization,
  signInAs,
}) => {
  await signInAs(page, "viewer");
  const upstream = upstreamOf(organization);
  const [projects, accounts] = await Promise.all([upstream.projects(), upstream.accounts()]);
  await page.goto(pages.projects(organization.key));
  const table = page.getByRole("table", { name: "Projects" });
  await expect(rangeOf(page)).toHaveText(`1–${projects.length} of ${projects.length}`);
  await expect(table).toContainText("European Union");

  const sizes = await Promise.all(projects.map(async ({ id }) => (await upstream.members(id)).length));
  await table.getByRole("columnheader", { name: "Members" }).getByRole("button").click();
  await table.getByRole("columnheader", { name: "Members" }).getByRole("button").click();
  await expect(table.getByRole("columnheader", { name: "Members" })).toHaveAttribute("aria-sort", "descending");
  await expect(page).toHaveURL(/sort=members&order=desc|order=desc&sort=members/);
  expect(Math.max(...sizes)).toBeGreaterThan(Math.min(...sizes));

  const project = projects[3]!;
  const members = await upstream.members(project.id);
  await page.keyboard.press("/");
  await page.keyboard.type(String(project.id));
  await expect(rowsOf(table)).toHaveCount(1);
  await table.getByRole("link", { name: project.name }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(project.name);
  await expect(factOf(page, "Id")).toHaveText(String(project.id));
  const list = page.getByRole("table", { name: "Members of this project" });
  await expect(page.getByRole("region", { name: "Members", exact: true }).first()).toContainText(
    `${members.length} in all.`,
  );
  for (const [grant, words] of [
    ["individual", "granted individually"],
    ["organization", "through the organization"],
  ] as const) {
    const member = members.find(({ target_type }) => target_type === grant)!;
    const name = nameOf(accounts.find(({ id }) => id === member.id)!);
    const line = rowsOf(list).filter({ has: page.getByRole("link", { name, exact: true }) });
    await expect(line.filter({ hasText: words })).toContainText(member.role);
  }
});

test("Managers add accounts to a project and take one out again", async ({
  page,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "manager");
  const upstream = upstreamOf(organization);
  const [, , project] = await upstream.projects();
  const accounts = await newAccounts(await apiAs("administrator"), organization.key, ["joins-a", "joins-b"]);
  const before = (await stack.simulator.ledger()).length;
  await page.goto(pages.project(organization.key, project!.id));
  await page.getByRole("button", { name: "Add service accounts" }).click();
  const dialog = page.getByRole("dialog", { name: "Add service accounts to this project" });
  await dialog.getByRole("searchbox", { name: "Find service accounts" }).fill("joins-");
  await expect(dialog.getByRole("list", { name: "Service accounts" }).getByRole("checkbox")).toHaveCount(2);
  for (const { name } of accounts) await dialog.getByRole("checkbox", { name }).click();
  await dialog.getByRole("radio", { name: "analyst" }).click();
  await dialog.getByRole("button", { name: "Add 2 service accounts as analyst" }).click();
  await expect(page.getByRole("dialog")).toContainText("2 done");
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  const list = page.getByRole("table", { name: "Members of this project" });
  for (const { name } of accounts) await expect(list.getByRole("link", { name })).toHaveCount(1);
  expect((await stack.simulator.ledger()).slice(before).map(({ body }) => body)).toEqual([
    {
      service_account_ids: expect.arrayContaining(accounts.map(({ id }) => id)),
      projects: [{ id: project!.id, role: "analyst" }],
    },
  ]);

  const line = rowsOf(list).filter({ hasText: "joins-a" });
  await line.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("button", { name: "Remove 1 membership" }).click();
  await page.getByRole("dialog", { name: "What came of it" }).getByRole("button", { name: "Close" }).last().click();
  await expect(line).toHaveCount(0);
  const left = (await upstream.members(project!.id)).map(({ id }) => id);
  expect(left).not.toContain(accounts[0]!.id);
  expect(left).toContain(accounts[1]!.id);
});

test("A project that does not exist is said to be so", async ({ page, organization, signInAs }) => {
  await signInAs(page, "viewer");
  await page.goto(pages.project(organization.key, 999_999_999));
  await expect(page.getByText("This project does not exist")).toBeVisible();
  await page.getByRole("link", { name: "All projects" }).click();
  await expect(page.getByRole("heading", { name: "Projects", level: 1 })).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("nothing like it");
  await expect(page.getByText('No projects match "nothing like it"')).toBeVisible();
  await page.getByRole("button", { name: "Clear search" }).last().click();
  await expect(rangeOf(page)).toHaveText("1–24 of 24");
});
