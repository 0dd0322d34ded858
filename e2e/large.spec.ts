import type { Page } from "@playwright/test";
import { projectPageSchema } from "@/lib/domain/inventory-view";
import { api, pages } from "@/lib/paths/paths";
import { expect, test } from "./fixtures";
import { accountTable, chooseProjects, factOf, openAccountList, rangeOf, rowsOf } from "./screens";
import { upstreamOf } from "./upstream";

const ACCOUNTS = 10_000;
const PROJECTS = 500;
const ROWS_DRAWN_MAX = 80;
const CELLS_DRAWN_MAX = 2_000;

// A stack of its own: the largest organization there is. One test after the other, on what the first has read.
test.use({ stackOptions: { accounts: ACCOUNTS, projects: PROJECTS } });
test.describe.configure({ mode: "serial" });

const drawn = (page: Page) => page.locator("tbody tr").count();
const numberIn = async (page: Page) => Number((await rangeOf(page).innerText()).split(" of ")[1]?.replaceAll(",", ""));

test("The first sync of 500 projects shows how many are done, then the overview counts every account", async ({
  page,
  organization,
  signInAs,
}) => {
  test.setTimeout(180_000);
  await signInAs(page, "viewer");
  await page.goto(pages.overview(organization.key));
  const progress = page.getByRole("progressbar", { name: /Projects read|Syncing/ }).first();
  await expect(progress).toHaveAttribute("aria-valuetext", new RegExp(`^\\d+ of ${PROJECTS} projects$`), {
    timeout: 60_000,
  });
  const tiles = page.getByRole("list", { name: "Counts" });
  await expect(tiles).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText(/^As of/)).toBeVisible({ timeout: 60_000 });

  const accounts = await upstreamOf(organization).accounts();
  expect(accounts).toHaveLength(ACCOUNTS);
  const now = Date.now();
  const coming = accounts.filter(({ expires }) => expires !== null && Date.parse(expires) > now);
  const months = page.getByRole("region", { name: "Expiry timeline" }).getByRole("listitem");
  await expect(months).toHaveCount(12);
  for (const [index, month] of (await months.all()).entries()) {
    const date = new Date(now);
    const prefix = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + index, 1)).toISOString().slice(0, 7);
    const expected = coming.filter(({ expires }) => expires?.startsWith(prefix)).length;
    const words = expected === 0 ? "none" : `${expected.toLocaleString("en")} account${expected === 1 ? "" : "s"}`;
    await expect(month).toContainText(words);
  }
  await expect(page.getByRole("region", { name: "Needs attention" }).getByRole("listitem")).toHaveCount(12);
});

test("10,000 accounts are filtered, sorted, paged and searched with a screenful of rows drawn", async ({
  page,
  organization,
  signInAs,
}) => {
  test.setTimeout(120_000);
  await signInAs(page, "manager");
  await openAccountList(page, organization.key, "size=250");
  await expect(rangeOf(page)).toHaveText("1–250 of 10,000");
  expect(await drawn(page)).toBeLessThan(ROWS_DRAWN_MAX);
  await accountTable(page).evaluate((table) => table.parentElement?.scrollTo({ top: 100_000 }));
  await expect(page.locator('[data-row-index="249"]')).toBeVisible();
  expect(await drawn(page)).toBeLessThan(ROWS_DRAWN_MAX);

  const first = rowsOf(accountTable(page)).first().getByRole("link");
  for (const column of ["Name", "Highest role", "Projects", "Expires", "Last used", "Created", "Creator"]) {
    const head = page.getByRole("columnheader", { name: column });
    await head.getByRole("button").click();
    await expect(head).toHaveAttribute("aria-sort", /ascending|descending/);
    await expect(first).toBeVisible();
  }
  await openAccountList(page, organization.key, "sort=name&page=200");
  await expect(rangeOf(page)).toHaveText("9,951–10,000 of 10,000");

  const before = await numberIn(page);
  await page.getByRole("button", { name: "Expiry", exact: true }).click();
  await page.getByRole("menuitemcheckbox", { name: /Expired/ }).click();
  await page.keyboard.press("Escape");
  await expect.poll(() => numberIn(page)).toBeLessThan(before);
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect.poll(() => numberIn(page)).toBe(before);

  const wanted = (await upstreamOf(organization).accounts())[7_777]!;
  await page.getByRole("searchbox", { name: "Search service accounts" }).fill(wanted.username);
  await expect(rangeOf(page)).toHaveText("1–1 of 1");
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type(wanted.username);
  await page.getByRole("dialog").getByRole("group", { name: "Service accounts" }).getByRole("option").first().click();
  await expect(factOf(page, "Id")).toHaveText(String(wanted.id));
});

test("An account in 500 projects, a project of many, a list of 500 projects and the matrix of all stay light", async ({
  page,
  organization,
  signInAs,
  apiAs,
}) => {
  test.setTimeout(120_000);
  await signInAs(page, "administrator");
  await openAccountList(page, organization.key, "sort=projects&order=desc");
  await expect(rowsOf(accountTable(page)).first()).toContainText("500");
  await rowsOf(accountTable(page)).first().getByRole("link").click();
  await expect(factOf(page, "Projects")).toHaveText(`${PROJECTS} projects`);
  const access = page.getByRole("table", { name: "Projects of this service account" });
  await expect(access).toHaveAttribute("aria-rowcount", /^5\d\d$|^1,?\d{3}$/);
  expect(await drawn(page)).toBeLessThan(ROWS_DRAWN_MAX);

  await page.goto(pages.projects(organization.key));
  await expect(rangeOf(page)).toHaveText("1–100 of 500");
  expect(await drawn(page)).toBeLessThan(ROWS_DRAWN_MAX);
  await page.getByRole("button", { name: "Next page" }).click();
  await expect(rangeOf(page)).toHaveText("101–200 of 500");
  const byMembers = page.getByRole("columnheader", { name: "Members" });
  await byMembers.getByRole("button").click();
  await expect(byMembers).toHaveAttribute("aria-sort", "ascending");
  await byMembers.getByRole("button").click();
  await expect(byMembers).toHaveAttribute("aria-sort", "descending");
  const sorted = await (await apiAs("viewer")).get(`${api.projects(organization.key)}?sort=members&order=desc`);
  const [first] = projectPageSchema.parse(await sorted.json()).rows;
  expect(first!.memberCount).toBeGreaterThan(ROWS_DRAWN_MAX);
  const { name } = first!;
  const largest = page.getByRole("table", { name: "Projects" }).locator("tbody tr").first();
  await expect(largest.getByRole("link")).toHaveText(name);
  await largest.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(page.getByRole("table", { name: "Members of this project" })).toBeVisible();
  expect(await drawn(page)).toBeLessThan(ROWS_DRAWN_MAX);

  await page.goto(pages.access(organization.key, "sort=projects"));
  const matrix = page.getByRole("grid", { name: "Access matrix" });
  await expect(matrix).toHaveAttribute("aria-colcount", String(PROJECTS + 1));
  await expect(rangeOf(page)).toHaveText("1–100 of 10,000");
  await matrix.locator('[data-place="0:0"]').focus();
  await page.keyboard.press("Control+End");
  await expect(matrix.locator(`[data-place="99:${PROJECTS - 1}"]`)).toBeFocused();
  expect(await matrix.getByRole("gridcell").count()).toBeLessThan(CELLS_DRAWN_MAX);

  const last = (await upstreamOf(organization).projects()).at(-1)!;
  await page.goto(pages.createServiceAccount(organization.key));
  await chooseProjects(page.getByRole("main"), [{ name: last.name }]);
  await expect(page.getByRole("list", { name: "Chosen projects" })).toContainText(last.name);
});
