import type { Page } from "@playwright/test";
import { pages } from "@/lib/paths/paths";
import { createButton, nameField, openCreateForm } from "./create-screen";
import { expect, test } from "./fixtures";
import { newAccounts } from "./new-accounts";
import { tooWide } from "./page-width";
import { accountTable, chooseProjects, nameOf, openAccountList, rangeOf, recordOf, rowsOf } from "./screens";
import { askUpstream, upstreamOf } from "./upstream";

test.beforeAll(({ resetStack }) => resetStack());
test.afterEach(({ stack }) => stack.simulator.clearFaults());

const hostile = [
  `<img src=x onerror="window.ran=1">`,
  `"><script>window.ran=1</script>`,
  `'-(window.ran=1)-'`,
  "{{constructor.constructor('window.ran=1')()}}",
  "javascript:window.ran=1",
  "\u202Egnp.tnuocca\u202C",
  "مفتاح-الخادم",
  "__proto__",
  "constructor",
  "nul\0inside",
  "two\nlines\tand a tab",
  '=HYPERLINK("http://x.invalid")',
  "%2e%2e%2fetc&amp;",
  "🔑".repeat(40),
  "w".repeat(230),
];
const marker = "hostile";

/** Fails as soon as a script of a name runs: it would open a dialog or leave its mark. */
async function watched(page: Page) {
  page.on("dialog", (dialog) => {
    throw new Error(`A script ran: ${dialog.message()}`);
  });
  await page.addInitScript(() => Reflect.set(window, "ran", 0));
}
const hasRun = (page: Page) => page.evaluate(() => Reflect.get(window, "ran"));
async function syncNow(page: Page) {
  const button = page.getByRole("button", { name: "Sync now" });
  await button.click();
  await expect(button).toHaveAttribute("aria-busy", "true");
  await expect(button).not.toHaveAttribute("aria-busy", "true", { timeout: 20_000 });
}

test("Names that are markup, right-to-left or anything else are shown as text, everywhere", async ({
  page,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  await watched(page);
  await signInAs(page, "administrator");
  const upstream = upstreamOf(organization);
  const [project] = await upstream.projects();
  const made = [];
  for (const text of hostile) {
    const expires = new Date(Date.now() + 3 * 86_400_000).toISOString();
    const projects = [{ id: project!.id, role: "analyst" }];
    made.push(await upstream.create({ username: `${marker} ${text}`, role: "consumer", expires, projects }));
  }
  const shown = ({ username }: { username: string }) => nameOf({ username: username.replaceAll("\0", "") });
  await openAccountList(page, organization.key);
  await syncNow(page);
  await openAccountList(page, organization.key, `search=${marker}&sort=created`);
  await expect(rangeOf(page)).toHaveText(`1–${made.length} of ${made.length}`);
  const links = rowsOf(accountTable(page)).getByRole("link");
  expect((await links.evaluateAll((all) => all.map((link) => link.textContent))).toSorted()).toEqual(
    made.map(shown).toSorted(),
  );
  expect(await tooWide(page)).toEqual([]);

  for (const account of made) {
    await page.goto(pages.serviceAccount(organization.key, account.id));
    const heading = page.getByRole("heading", { level: 1 });
    await expect(heading).toBeVisible();
    expect(await heading.textContent()).toBe(shown(account));
    await expect(page.getByRole("region", { name: "Access" })).toContainText(project!.name);
    expect(await tooWide(page), shown(account)).toEqual([]);
    expect(await hasRun(page)).toBe(0);
  }
  await page.goto(pages.overview(organization.key));
  await expect(page.getByRole("region", { name: "Needs attention" }).getByRole("listitem").first()).toBeVisible();
  expect(await tooWide(page)).toEqual([]);
  await page.goto(pages.project(organization.key, project!.id));
  await expect(page.getByRole("table", { name: "Members of this project" })).toBeVisible();
  expect(await tooWide(page)).toEqual([]);

  const [image] = made;
  await page.goto(pages.serviceAccount(organization.key, image!.id));
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByRole("dialog")).toContainText(`Delete ${shown(image!)}?`);
  await page.getByRole("button", { name: "Delete 1 service account" }).click();
  await expect(page.getByRole("table", { name: "Results" })).toContainText(shown(image!));
  const record = await recordOf(page, organization.key, shown(image!));
  expect(record.filter((line) => line.startsWith("Delete "))).toHaveLength(2);
  expect(await tooWide(page)).toEqual([]);
  expect(await hasRun(page)).toBe(0);

  const csv = await (await apiAs("viewer")).get(
    `/api/organizations/${organization.key}/service-accounts/export?search=HYPERLINK`,
  );
  expect(await csv.text()).not.toMatch(/(^|,)"?=/m);
  expect((await stack.simulator.ledger()).filter(({ method }) => method === "DELETE")).toHaveLength(1);
});

test("A name of one megabyte neither breaks the list nor is lost", async ({ page, stack, organization, signInAs }) => {
  await signInAs(page, "viewer");
  const path = `/organizations/${organization.organizationId}/service-accounts`;
  const { body } = await askUpstream(organization.url, organization.owner, { path });
  const results: unknown[] = Reflect.get(Object(body), "results");
  const giant = { id: 99_999_999, username: `giant-${"x".repeat(1_048_576)}`, created: "2026-01-01T00:00:00Z" };
  const fault = { kind: "status", status: 200, body: { status: "ok", results: [...results, giant] } } as const;
  await stack.simulator.fault({ method: "GET", path, fault });
  await openAccountList(page, organization.key);
  await syncNow(page);
  await page.getByRole("searchbox", { name: "Search service accounts" }).fill("giant-xxx");
  await expect(rangeOf(page)).toHaveText("1–1 of 1");
  expect(await tooWide(page)).toEqual([]);
  await rowsOf(accountTable(page)).getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("giant-xxx");
  expect(await tooWide(page)).toEqual([]);
});

test("A project that vanished while it stood in a form is said so there, and the rest of the form stays", async ({
  page,
  stack,
  organization,
  signInAs,
}) => {
  await signInAs(page, "manager");
  const [gone, kept] = (await upstreamOf(organization).projects()).slice(6, 8);
  await openCreateForm(page, organization.key);
  await nameField(page).fill("goes-nowhere");
  await chooseProjects(page.getByRole("main"), [{ name: gone!.name }, { name: kept!.name }]);

  const { body } = await askUpstream(organization.url, organization.owner, { path: "/me" });
  const without: unknown = JSON.parse(JSON.stringify(body), (key, value) =>
    key === String(gone!.id) ? undefined : value,
  );
  await stack.simulator.fault({ method: "GET", path: "/me", fault: { kind: "status", status: 200, body: without } });
  const other = await page.context().newPage();
  await other.goto(pages.projects(organization.key));
  await syncNow(other);
  await other.goto(pages.project(organization.key, gone!.id));
  await expect(other.getByText("This project does not exist")).toBeVisible();
  await other.close();

  await createButton(page).click();
  const missing = `Project ${gone!.id} is not in the inventory: it may have vanished. Refresh, then choose again.`;
  await expect(page.getByRole("group", { name: "Projects" }).getByText(missing)).toBeVisible();
  await expect(nameField(page)).toHaveValue("goes-nowhere");
  await expect(page.getByRole("list", { name: "Chosen projects" }).getByRole("listitem")).toHaveCount(2);
  const sent = (await stack.simulator.ledger()).filter((entry) => JSON.stringify(entry).includes("goes-nowhere"));
  expect(sent).toEqual([]);
  await page.getByRole("button", { name: new RegExp(`^Take (${gone!.name}|Project ${gone!.id}) off$`) }).click();
  await createButton(page).click();
  await expect(page.getByRole("dialog", { name: "goes-nowhere was created" })).toBeVisible();
});

test("An account deleted elsewhere: deleting it is done already, changing it says so, its page says so", async ({
  page,
  organization,
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "manager");
  const upstream = upstreamOf(organization);
  const [project] = await upstream.projects();
  const names = ["gone-delete", "gone-assign", "gone-read"];
  const [first, second, third] = await newAccounts(await apiAs("administrator"), organization.key, names);
  for (const account of [first, second, third]) await upstream.delete(account!.id);

  await page.goto(pages.serviceAccount(organization.key, first!.id));
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: "Delete 1 service account" }).click();
  const results = page.getByRole("dialog", { name: "What came of it" });
  await expect(results).toContainText("1 done");
  await expect(results).toContainText("It was already absent at Mixpanel.");

  await page.goto(pages.serviceAccount(organization.key, second!.id));
  await page.getByRole("button", { name: "Assign to projects" }).click();
  await chooseProjects(page.getByRole("dialog"), [{ name: project!.name }]);
  await page.getByRole("button", { name: "Assign to 1 project" }).click();
  await expect(results).toContainText("1 failed");
  await expect(results).toContainText("It no longer exists at Mixpanel.");

  await page.goto(pages.serviceAccount(organization.key, third!.id));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("gone-read");
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(page.getByText("This service account does not exist")).toBeVisible();
  await expect(page.getByText("It may have been deleted, here or in Mixpanel.")).toBeVisible();
  await page.getByRole("link", { name: "All service accounts" }).click();
  await expect(rangeOf(page)).toBeVisible();
});

test("Addresses that make no sense lead to a page that does", async ({ page, organization, signInAs }) => {
  await signInAs(page, "viewer");
  await openAccountList(page, organization.key, "page=-4&size=7&expiry=soon&sort=colour&selected=x&project=all");
  await expect(page.getByRole("heading", { name: "Service accounts", level: 1 })).toBeVisible();
  await openAccountList(page, organization.key, "page=9999");
  await expect(rowsOf(accountTable(page)).first()).toBeVisible();
  for (const id of ["abc", "0", "-1", "1.5", "9007199254740993", "%00", "%3Cscript%3E"]) {
    await page.goto(`${pages.serviceAccounts(organization.key)}/${id}`);
    await expect(page.getByRole("heading", { level: 1 }), id).toBeVisible();
    await expect(page.getByText("Application error"), id).toBeHidden();
  }
  await page.goto(pages.serviceAccount(organization.key, 1, "rotate"));
  await expect(page.getByText("This service account does not exist")).toBeVisible();
});
