import { pages } from "@/lib/paths/paths";
import { expect, test } from "./fixtures";
import { accountTable, nameOf, openAccountList, rangeOf, rowsOf } from "./screens";
import { upstreamOf } from "./upstream";

test.beforeAll(({ resetStack }) => resetStack());

test("Viewers see every organization with what needs somebody, and switch between them", async ({
  page,
  stack,
  signInAs,
}) => {
  await signInAs(page, "viewer");
  const [first, europe, india] = stack.organizations;
  const counts = await Promise.all(stack.organizations.map(async (each) => (await upstreamOf(each).accounts()).length));
  await page.goto("/");
  const cards = page.getByRole("main").getByRole("listitem");
  await expect(cards).toHaveCount(3);
  for (const [index, organization] of stack.organizations.entries()) {
    const card = cards.filter({ has: page.getByRole("link", { name: organization.name, exact: true }) });
    await expect(card).toContainText(String(organization.organizationId));
    await expect(card).toContainText(`${counts[index]} service accounts`);
    await expect(card).toContainText(/as of (just now|\d+ minutes? ago)/);
  }
  await expect(cards.filter({ hasText: first!.name })).toContainText(/\d+ need attention/);

  await page.getByRole("link", { name: europe!.name, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`${pages.overview(europe!.key)}$`));
  const switcher = page.getByRole("button", { name: `Organization: ${europe!.name}` });
  await switcher.click();
  await page.getByRole("menuitemradio", { name: india!.name }).click();
  await expect(page).toHaveURL(new RegExp(`${pages.overview(india!.key)}$`));
  await expect(page.getByText("Nothing needs you today")).toBeVisible();
  await page.getByRole("navigation").getByRole("link", { name: "Service accounts" }).click();
  await expect(page.getByText("No service accounts yet")).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: "Create service account" })).toHaveCount(0);
});

test("Organizations with equal ids inside never mix: the address decides", async ({ page, stack, signInAs }) => {
  await signInAs(page, "viewer");
  const [first, europe] = stack.organizations;
  const [ours, theirs] = await Promise.all([first!, europe!].map((each) => upstreamOf(each).accounts()));
  const id = ours![6]!.id;
  expect(theirs![6]!.id).toBe(id);
  expect(theirs![6]!.username).not.toBe(ours![6]!.username);
  for (const [organization, account] of [
    [first!, ours![6]!],
    [europe!, theirs![6]!],
  ] as const) {
    await page.goto(pages.serviceAccount(organization.key, id));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(nameOf(account));
    await expect(page.getByRole("main")).toContainText(account.username);
    await expect(page.getByRole("button", { name: `Organization: ${organization.name}` })).toBeVisible();
  }
  await page.goto(pages.serviceAccounts(europe!.key, `search=${ours![6]!.username}`));
  await expect(page.getByText(`No service accounts match "${ours![6]!.username}"`)).toBeVisible();
});

test("An organization that is not set up here does not exist", async ({ page, signInAs }) => {
  await signInAs(page, "administrator");
  await page.goto(pages.overview("424242"));
  await expect(page.getByText("This page does not exist")).toBeVisible();
});

test("A list keeps to its organization when another is chosen", async ({ page, stack, signInAs }) => {
  await signInAs(page, "viewer");
  const [first, europe] = stack.organizations;
  await openAccountList(page, first!.key, "sort=name");
  await page.getByRole("button", { name: `Organization: ${first!.name}` }).click();
  await page.getByRole("menuitemradio", { name: europe!.name }).click();
  await expect(page).toHaveURL(new RegExp(`${pages.overview(europe!.key)}$`));
  await page.getByRole("navigation").getByRole("link", { name: "Service accounts" }).click();
  await expect(rangeOf(page)).toHaveText("1–12 of 12");
  await expect(rowsOf(accountTable(page))).toHaveCount(12);
  await expect(accountTable(page)).toContainText(europe!.owner.username.slice(-25));
});
