import { readFileSync } from "node:fs";
import type { Route } from "@playwright/test";
import { expiryState } from "@/lib/domain/service-account";
import { pages } from "@/lib/paths/paths";
import { expect, test } from "./fixtures";
import { accountTable, nameOf, openAccountList, rangeOf, rowsOf } from "./screens";
import { type UpstreamAccount, upstreamOf } from "./upstream";

test.beforeAll(({ resetStack }) => resetStack());

const matches = (account: UpstreamAccount, words: string) =>
  [account.username, account.creator_name, account.creator_email].some((text) =>
    text?.toLowerCase().includes(words.toLowerCase()),
  );
const pageOf = (total: number) => `${total === 0 ? 0 : 1}–${Math.min(50, total)} of ${total}`;

test("Viewers find accounts by name, username and creator", async ({ page, organization, signInAs }) => {
  await signInAs(page, "viewer");
  const accounts = await upstreamOf(organization).accounts();
  const [some] = accounts.slice(40);
  await openAccountList(page, organization.key);
  await expect(rangeOf(page)).toHaveText(pageOf(accounts.length));

  const search = page.getByRole("searchbox", { name: "Search service accounts" });
  await page.keyboard.press("/");
  await expect(search).toBeFocused();
  const middle = some!.username.replace(".mp-service-account", "").slice(-6);
  await page.keyboard.type(middle);
  await expect(rangeOf(page)).toHaveText("1–1 of 1");
  await expect(rowsOf(accountTable(page)).getByRole("link")).toHaveText(nameOf(some!));
  await expect(page).toHaveURL(new RegExp(`search=${middle}`));

  for (const words of ["github", "Priya Nair", "lucia.ferrer@"]) {
    await search.fill(words);
    const expected = accounts.filter((account) => matches(account, words)).length;
    expect(expected).toBeGreaterThan(1);
    await expect(rangeOf(page)).toHaveText(pageOf(expected));
  }

  await search.fill("no such account");
  await expect(page.getByText('No service accounts match "no such account"')).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).last().click();
  await expect(rangeOf(page)).toHaveText(pageOf(accounts.length));
  await expect(search).toHaveValue("");
});

test("Viewers narrow the list by expiry, role, use and access; the address holds it all", async ({
  page,
  context,
  organization,
  signInAs,
}) => {
  await signInAs(page, "viewer");
  const upstream = upstreamOf(organization);
  const accounts = await upstream.accounts();
  const now = new Date();
  const count = (state: string) => accounts.filter(({ expires }) => expiryState(expires, now) === state).length;
  const neverUsed = accounts.filter(({ last_used }) => last_used === null);
  await openAccountList(page, organization.key);
  const choose = async (menu: string, option: string) => {
    await page.getByRole("button", { name: new RegExp(`^${menu}`) }).click();
    await page.getByRole("menuitemcheckbox", { name: option }).click();
    await page.keyboard.press("Escape");
  };

  await choose("Expiry", "Expired");
  await expect(rangeOf(page)).toHaveText(pageOf(count("expired")));
  await choose("Expiry", "Within 7 days");
  await expect(rangeOf(page)).toHaveText(pageOf(count("expired") + count("critical")));
  await expect(page.getByRole("button", { name: "Expiry: 2 chosen" })).toBeVisible();
  await choose("Use", "Never used");
  const both = neverUsed.filter(({ expires }) => ["expired", "critical"].includes(expiryState(expires, now))).length;
  expect(both).toBeGreaterThan(0);
  await expect(rangeOf(page)).toHaveText(pageOf(both));
  await expect(page).toHaveURL(/expiry=expired,critical/);
  await expect(page).toHaveURL(/usage=never_used/);

  await page.reload();
  await expect(rangeOf(page)).toHaveText(pageOf(both));
  const pasted = await context.newPage();
  await pasted.goto(page.url());
  await expect(rangeOf(pasted)).toHaveText(pageOf(both));
  await expect(pasted.getByRole("button", { name: "Use: Never used" })).toBeVisible();
  await pasted.close();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(rangeOf(page)).toHaveText(pageOf(accounts.length));

  const [project] = (await upstream.projects()).slice(5);
  const members = new Set((await upstream.members(project!.id)).map(({ id }) => id));
  await page.getByRole("combobox", { name: "Project" }).click();
  await page.getByRole("combobox", { name: "Type to find" }).fill(project!.name);
  await page.getByRole("option", { name: project!.name }).click();
  await expect(rangeOf(page)).toHaveText(pageOf(members.size));
  await choose("Role", "owner");
  await expect(page).toHaveURL(new RegExp(`project=${project!.id}`));
  await expect(page).toHaveURL(/role=owner/);
  await expect(rangeOf(page)).not.toHaveText(pageOf(members.size));
  for (const row of await rowsOf(accountTable(page)).all()) await expect(row).toContainText("owner");

  await page.getByRole("button", { name: "Clear filters" }).click();
  await choose("Access", "In no project");
  await expect(page).toHaveURL(/projects=none/);
  await expect(rangeOf(page)).not.toHaveText(pageOf(accounts.length));
  for (const row of await rowsOf(accountTable(page)).all()) await expect(row).toContainText("none");
});

test("Viewers sort with what is unknown last both ways, and choose columns and page size", async ({
  page,
  organization,
  signInAs,
}) => {
  await signInAs(page, "viewer");
  const accounts = await upstreamOf(organization).accounts();
  const oldest = accounts.map(({ last_used }) => last_used ?? "9").sort()[0]!;
  await openAccountList(page, organization.key);
  const table = accountTable(page);
  const head = table.getByRole("columnheader", { name: "Last used" });
  await page.getByRole("combobox", { name: "Rows per page" }).click();
  await page.getByRole("option", { name: "250 per page" }).click();
  await expect(rangeOf(page)).toHaveText(`1–${accounts.length} of ${accounts.length}`);

  const first = rowsOf(table).first();
  for (const [direction, found] of [
    ["ascending", first.locator(`time[datetime="${oldest}"]`)],
    // The console's own credential has just read all this.
    ["descending", first.getByText("This console")],
  ] as const) {
    await head.getByRole("button").click();
    await expect(head).toHaveAttribute("aria-sort", direction);
    await expect(found).toBeVisible();
    await first.getByRole("link").focus();
    await page.keyboard.press("End");
    const last = table.locator(`[aria-rowindex="${accounts.length + 1}"]`);
    await expect(last.getByRole("link")).toBeFocused();
    await expect(last).toContainText("Never used");
    await page.keyboard.press("Home");
    await expect(table.locator('[aria-rowindex="2"]').getByRole("link")).toBeFocused();
  }

  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Creator" }).click();
  await page.keyboard.press("Escape");
  await expect(table.getByRole("columnheader", { name: "Creator" })).toBeHidden();
  await expect(page).toHaveURL(/hidden=creator/);
  await page.reload();
  await expect(head).toHaveAttribute("aria-sort", "descending");
  await expect(table.getByRole("columnheader", { name: "Creator" })).toBeHidden();
  await expect(rangeOf(page)).toHaveText(`1–${accounts.length} of ${accounts.length}`);
});

test("The export holds exactly what is filtered, in the order of the list", async ({
  page,
  organization,
  signInAs,
}) => {
  await signInAs(page, "viewer");
  const now = new Date();
  const expected = (await upstreamOf(organization).accounts())
    .filter(({ expires }) => expires !== null && expiryState(expires, now) !== "expired")
    .sort((a, b) => (b.expires ?? "").localeCompare(a.expires ?? ""));
  expect(expected.length).toBeGreaterThan(50);
  const query = "expiry=critical,warning,notice,later&sort=expires&order=desc";
  await openAccountList(page, organization.key, query);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
  const [head, ...lines] = readFileSync(await download.path(), "utf8")
    .trimEnd()
    .split("\r\n");
  expect(head).toContain("username");
  expect(lines.map((line) => line.split('","')[1]?.replace(/".*/, ""))).toEqual(
    expected.map(({ username }) => username),
  );
});

test("A selection survives paging and a reload, and never takes the console's own credential", async ({
  page,
  organization,
  signInAs,
}) => {
  await signInAs(page, "manager");
  await openAccountList(page, organization.key, "sort=name");
  const table = accountTable(page);
  const bar = page.getByRole("region", { name: "Selected service accounts" });
  await rowsOf(table).nth(0).getByRole("checkbox").click();
  await rowsOf(table)
    .nth(3)
    .getByRole("checkbox")
    .click({ modifiers: ["Shift"] });
  await expect(bar).toContainText("4 selected");
  const secondPage = /[?&]page=2/;
  const held: Route[] = [];
  await page.route(secondPage, (route) => void held.push(route));
  await page.getByRole("button", { name: "Next page" }).click();
  await expect(page.getByRole("navigation", { name: /^Pages of/ })).toHaveAttribute("aria-busy", "true");
  await expect(rangeOf(page), "the rows are still those of the first page").toHaveText("1–50 of 120");
  for (const route of held) await route.continue();
  await page.unroute(secondPage);
  await expect(rangeOf(page)).toHaveText("51–100 of 120");
  await rowsOf(table).nth(0).getByRole("checkbox").click();
  await expect(bar).toContainText("5 selected");
  await page.getByRole("button", { name: "Previous page" }).click();
  await expect(rangeOf(page)).toHaveText("1–50 of 120");
  await expect(table.getByRole("checkbox", { checked: true })).toHaveCount(4);
  await page.reload();
  await expect(bar).toContainText("5 selected");
  await bar.getByRole("button", { name: "Clear selection" }).click();
  await expect(bar).toBeHidden();

  await page.getByRole("searchbox", { name: "Search service accounts" }).fill(organization.owner.username);
  await expect(rowsOf(table)).toHaveCount(1);
  await expect(rowsOf(table)).toContainText("This console");
  await expect(table.getByRole("checkbox", { name: "Select keywarden" })).toBeDisabled();
  await table.getByRole("checkbox", { name: "Select all on this page" }).click();
  await expect(bar).toBeHidden();
});

test("Looking around costs Mixpanel nothing", async ({ page, stack, organization, signInAs }) => {
  await signInAs(page, "viewer");
  const accounts = await upstreamOf(organization).accounts();
  const [project] = await upstreamOf(organization).projects();
  const { counts: before } = await stack.simulator.requests();
  for (const [address, heading] of [
    [pages.organizations, "Organizations"],
    [pages.overview(organization.key), "Overview"],
    [pages.serviceAccounts(organization.key), "Service accounts"],
    [pages.serviceAccount(organization.key, accounts[9]!.id), nameOf(accounts[9]!)],
    [pages.projects(organization.key), "Projects"],
    [pages.project(organization.key, project!.id), project!.name],
    [pages.access(organization.key), "Access"],
    [pages.auditLog(organization.key), "Audit log"],
    [pages.unfinished(organization.key), "Unfinished changes"],
  ] as const) {
    await page.goto(address);
    await expect(page.getByRole("heading", { name: heading, level: 1 })).toBeVisible();
  }
  expect((await stack.simulator.requests()).counts).toEqual(before);
});
