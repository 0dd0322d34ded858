import type { Page } from "@playwright/test";
import { pages } from "@/lib/paths/paths";
import { expect, test } from "./fixtures";
import { tooWide } from "./page-width";
import { nameOf, rangeOf } from "./screens";
import { upstreamOf } from "./upstream";

test.beforeAll(({ resetStack }) => resetStack());

const grid = (page: Page) => page.getByRole("grid", { name: "Access matrix" });
const cell = (page: Page, account: string, project: string) =>
  grid(page).getByRole("gridcell", { name: `${account} in ${project}:` });
const at = (page: Page, place: string) => grid(page).locator(`[data-place="${place}"]`);

/** An account that is in the project by its own grant alone, and one that is there through the organization. */
async function membersOf(organization: Parameters<typeof upstreamOf>[0]) {
  const upstream = upstreamOf(organization);
  const project = (await upstream.projects())[2]!;
  const members = await upstream.members(project.id);
  const accounts = await upstream.accounts();
  const times = (id: number) => members.filter((member) => member.id === id).length;
  const find = (grant: string) => {
    const member = members.find(({ id, target_type }) => target_type === grant && times(id) === 1);
    const account = accounts.find(({ id }) => id === member?.id);
    if (!member || !account) throw new Error(`Nobody is in ${project.name} through ${grant}.`);
    return { ...account, role: member.role, name: nameOf(account) };
  };
  return { project, members, individual: find("individual"), organization: find("organization") };
}

test("The matrix shows every account against every project as Mixpanel has it, without asking Mixpanel", async ({
  page,
  stack,
  organization,
  signInAs,
}) => {
  await signInAs(page, "viewer");
  const upstream = upstreamOf(organization);
  const projects = await upstream.projects();
  const { project, individual, organization: everywhere } = await membersOf(organization);
  const accounts = await upstream.accounts();
  const asked = (await stack.simulator.requests()).counts;

  await page.goto(pages.overview(organization.key));
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Access" }).click();
  await expect(page.getByRole("heading", { name: "Access", level: 1 })).toBeVisible();
  await expect(grid(page)).toHaveAttribute("aria-colcount", String(projects.length + 1));
  await expect(rangeOf(page)).toHaveText(`1–100 of ${accounts.length}`);
  await expect(page.getByText(/^As of/)).toBeVisible();

  const search = page.getByRole("searchbox", { name: "Search service accounts" });
  for (const account of [individual, everywhere]) {
    await search.fill(account.username);
    await expect(rangeOf(page)).toHaveText("1–1 of 1");
    const words = account === everywhere ? "through the organization" : "granted individually";
    const named = `${account.name} in ${project.name}: ${account.role}, ${words}`;
    const found = grid(page).getByRole("gridcell", { name: named, exact: true });
    await expect(found).toContainText(account.role.slice(0, 3), { ignoreCase: true });
    await found.click();
    await expect(page.getByText(`${account.name} in ${project.name}: ${account.role}, ${words}.`)).toBeVisible();
  }
  await search.fill(individual.username);
  await expect(rangeOf(page)).toHaveText("1–1 of 1");
  expect((await stack.simulator.requests()).counts, "asked of Mixpanel").toEqual(asked);
  for (const other of projects) {
    const members = (await upstream.members(other.id)).filter(({ id }) => id === individual.id);
    const expected = members.length === 0 ? "no access" : members[0]!.role;
    await expect(cell(page, individual.name, other.name)).toHaveAccessibleName(new RegExp(`: .*${expected}`));
  }
});

test("It is narrowed by role, grant, project and name, the address keeps it, and what is filtered out never looks empty", async ({
  page,
  organization,
  signInAs,
}) => {
  await signInAs(page, "manager");
  const { project, members, organization: everywhere } = await membersOf(organization);
  await page.goto(pages.access(organization.key));
  await page.getByRole("button", { name: "Grant", exact: true }).click();
  await page.getByRole("menuitemcheckbox", { name: "through the organization" }).click();
  await page.keyboard.press("Escape");
  const throughIt = new Set(members.filter((member) => member.target_type === "organization").map(({ id }) => id));
  await expect(rangeOf(page)).toHaveText(`1–${throughIt.size} of ${throughIt.size}`);
  await page.getByRole("combobox", { name: "Projects", exact: true }).click();
  await page.getByRole("combobox", { name: "Type to find" }).fill(project.name);
  await page.getByRole("option", { name: project.name }).first().click();
  await page.keyboard.press("Escape");
  await expect(grid(page)).toHaveAttribute("aria-colcount", "2");
  await expect(page).toHaveURL(new RegExp(`project=${project.id}`));
  await page.reload();
  await expect(grid(page)).toHaveAttribute("aria-colcount", "2");
  await expect(cell(page, everywhere.name, project.name).first()).toBeVisible();

  await page.getByRole("button", { name: "Clear filters" }).click();
  await page.getByRole("button", { name: "Role", exact: true }).click();
  await page.getByRole("menuitemcheckbox", { name: "consumer" }).click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/role=consumer/);
  const mixed = grid(page).getByRole("gridcell", { name: /: (analyst|admin|owner), / });
  await expect(mixed.first()).toHaveText(/^(Ana|Adm|Own)$/);

  await page.getByRole("searchbox", { name: "Search service accounts" }).fill("nothing-of-the-kind");
  await expect(page.getByText("No access matches these filters")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).last().click();
  await expect(grid(page)).toBeVisible();
});

test("It is walked through by keys: one stop for Tab, arrows between cells, Enter to the account", async ({
  page,
  organization,
  signInAs,
}) => {
  await signInAs(page, "manager");
  await page.goto(pages.access(organization.key));
  await expect(at(page, "0:0")).toBeVisible();
  await expect(grid(page).locator('[tabindex="0"]')).toHaveCount(1);
  await at(page, "0:0").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await expect(at(page, "1:1")).toBeFocused();
  await page.keyboard.press("Control+End");
  const lastColumn = (await upstreamOf(organization).projects()).length - 1;
  await expect(at(page, `99:${lastColumn}`)).toBeFocused();
  await expect(at(page, `99:${lastColumn}`)).toBeInViewport();
  await page.keyboard.press("Control+Home");
  await expect(at(page, "0:0")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(at(page, "-1:0")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowLeft");
  const name = await at(page, "0:-1").innerText();
  await expect(at(page, "0:-1")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
});

test("On a phone the names stay beside the cells, and a cell says what it means when it is touched", async ({
  page,
  organization,
  signInAs,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signInAs(page, "viewer");
  const { project, individual } = await membersOf(organization);
  await page.goto(pages.access(organization.key, `search=${individual.username}`));
  await expect(rangeOf(page)).toHaveText("1–1 of 1");
  expect(await tooWide(page)).toEqual([]);
  await cell(page, individual.name, project.name).scrollIntoViewIfNeeded();
  await cell(page, individual.name, project.name).click();
  await expect(at(page, "0:-1")).toBeInViewport({ ratio: 1 });
  await expect(page.getByText(`${individual.name} in ${project.name}: ${individual.role}`)).toBeInViewport();
  await page.getByRole("main").getByRole("link", { name: project.name, exact: true }).last().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(project.name);
});
