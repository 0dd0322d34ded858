import type { Page } from "@playwright/test";
import { bulkDeleteConfirmation } from "@/lib/domain/change";
import { api, pages } from "@/lib/paths/paths";
import { ageSignIns } from "./database-of";
import { expect, test } from "./fixtures";
import { newAccounts } from "./new-accounts";
import { change } from "./request-as";
import { accountTable, nameOf, openAccountList, recordOf, rowsOf } from "./screens";
import { type UpstreamOrganization, upstreamOf } from "./upstream";

// A stack of its own: nobody else's deletions count towards the limit of an hour.
test.use({ stackOptions: { accounts: 60, projects: 6 } });

const deleted = (ledger: readonly { method: string; path: string }[]) =>
  ledger.filter(({ method }) => method === "DELETE").map(({ path }) => Number(path.split("/").at(-1)));
const resultsOf = (page: Page) => page.getByRole("dialog", { name: "What came of it" });

/** An account of the seed that was used lately and holds nothing above analyst. */
async function inUse(organization: UpstreamOrganization) {
  const upstream = upstreamOf(organization);
  const projects = await upstream.projects();
  const members = await Promise.all(
    projects.map(async (project) => (await upstream.members(project.id)).map((member) => ({ ...member, project }))),
  );
  const recently = Date.now() - 20 * 86_400_000;
  for (const account of await upstream.accounts()) {
    const grants = members.flat().filter(({ id }) => id === account.id);
    const modest = grants.every(({ role }) => ["analyst", "consumer"].includes(role));
    const used = account.last_used !== null && Date.parse(account.last_used) > recently;
    if (used && modest && grants.length === 1 && nameOf(account) !== "web-reports") return { account, grants };
  }
  throw new Error("The seed holds no such account.");
}

test("Managers read what will break and type the name of an account that is in use", async ({
  page,
  stack,
  organization,
  signInAs,
}) => {
  await signInAs(page, "manager");
  const { account, grants } = await inUse(organization);
  const name = nameOf(account);
  await page.goto(pages.serviceAccount(organization.key, account.id));
  await page.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog", { name: `Delete ${name}?` });
  await expect(dialog).toContainText("1 service account used in the last 30 days.");
  await expect(dialog).toContainText(`loses ${grants[0]!.project.name}`);
  await expect(dialog).toContainText(/Last used .* ago/);
  const confirm = dialog.getByRole("button", { name: "Delete 1 service account" });
  await expect(confirm).toHaveAccessibleDescription(`Type ${name} first.`);
  await dialog.getByRole("textbox").fill(name.slice(0, -1));
  await confirm.click({ force: true });
  await expect(confirm).toHaveAttribute("aria-disabled", "true");
  expect(deleted(await stack.simulator.ledger())).toEqual([]);

  await dialog.getByRole("textbox").fill(name);
  await confirm.click();
  await expect(resultsOf(page)).toContainText("1 done");
  await resultsOf(page).getByRole("button", { name: "Close" }).last().click();
  await expect(page.getByRole("heading", { name: "Service accounts", level: 1 })).toBeVisible();
  expect(deleted(await stack.simulator.ledger())).toEqual([account.id]);

  await page.getByRole("searchbox", { name: "Search service accounts" }).fill(account.username);
  await expect(page.getByText(`No service accounts match "${account.username}"`)).toBeVisible();
  expect(await recordOf(page, organization.key, name)).toEqual([
    "Delete service account: Succeeded",
    "Delete service account: Intended",
  ]);
});

test("An account at rest goes without typing; one that is gone already counts as deleted", async ({
  page,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "manager");
  const [rest, gone] = await newAccounts(await apiAs("administrator"), organization.key, ["at-rest", "gone-already"]);
  const before = deleted(await stack.simulator.ledger()).length;
  await upstreamOf(organization).delete(gone!.id);
  for (const { account, words } of [
    { account: rest!, words: "Done" },
    { account: gone!, words: "It was already absent at Mixpanel." },
  ]) {
    await page.goto(pages.serviceAccount(organization.key, account.id));
    await page.getByRole("button", { name: "Delete" }).click();
    const dialog = page.getByRole("dialog", { name: `Delete ${account.name}?` });
    await expect(dialog).toContainText("Never used · in no project");
    await expect(dialog.getByRole("textbox")).toHaveCount(0);
    await dialog.getByRole("button", { name: "Delete 1 service account" }).click();
    await expect(resultsOf(page)).toContainText(words);
    await resultsOf(page).getByRole("button", { name: "Close" }).last().click();
    await expect(accountTable(page)).toBeVisible();
  }
  expect(deleted(await stack.simulator.ledger()).slice(before)).toEqual([gone!.id, rest!.id]);
});

test("Managers delete several accounts with the sentence that says so and a fresh sign-in", async ({
  page,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "manager", { anew: true });
  const names = ["forgotten-a", "forgotten-b", "forgotten-c"];
  const accounts = await newAccounts(await apiAs("administrator"), organization.key, names);
  const before = deleted(await stack.simulator.ledger()).length;
  ageSignIns(stack, 11);
  await openAccountList(page, organization.key, "search=forgotten-");
  await expect(rowsOf(accountTable(page))).toHaveCount(3);
  await page.getByRole("checkbox", { name: "Select all on this page" }).click();
  const bar = page.getByRole("region", { name: "Selected service accounts" });
  await bar.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete 3 service accounts?" });
  const phrase = bulkDeleteConfirmation(3);
  const confirm = dialog.getByRole("button", { name: "Delete 3 service accounts" });
  await expect(confirm).toHaveAccessibleDescription(`Type ${phrase} first.`);
  await expect(dialog.getByRole("list", { name: "What will be deleted" }).getByRole("listitem")).toHaveCount(3);
  await dialog.getByRole("textbox").fill(phrase);
  await confirm.click();
  await expect(dialog.getByRole("alert")).toContainText("This needs a fresh sign-in.");
  await expect(dialog.getByRole("alert")).toContainText("Nothing was deleted.");
  expect(deleted(await stack.simulator.ledger())).toHaveLength(before);

  await dialog.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: stack.signInNameOf("manager") }).click();
  await expect(bar).toContainText("3 selected");
  await bar.getByRole("button", { name: "Delete" }).click();
  await dialog.getByRole("textbox").fill(phrase);
  await confirm.click();
  await expect(resultsOf(page)).toContainText("3 done");
  await expect(rowsOf(resultsOf(page).getByRole("table", { name: "Results" }))).toHaveCount(3);
  await resultsOf(page).getByRole("button", { name: "Close" }).last().click();
  await expect(bar).toBeHidden();
  await expect(page.getByText('No service accounts match "forgotten-"')).toBeVisible();
  const sent = deleted(await stack.simulator.ledger()).slice(before);
  expect(sent.sort()).toEqual(accounts.map(({ id }) => id).sort());
});

test("The console's own credential cannot be deleted, not even by a request of its own", async ({
  page,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  const administrator = await apiAs("administrator");
  const own = (await upstreamOf(organization).accounts()).find(
    ({ username }) => username === organization.owner.username,
  )!;
  const [other] = await newAccounts(administrator, organization.key, ["beside-the-own"]);
  const before = await stack.simulator.ledger();
  for (const [accountIds, confirmation] of [
    [[own.id], "keywarden"],
    [[other!.id, own.id], bulkDeleteConfirmation(2)],
  ]) {
    const answer = await administrator.post(api.deletions(organization.key), change({ accountIds, confirmation }));
    expect(answer.status()).toBe(409);
    expect(await answer.json()).toMatchObject({ error: { code: "own_credential" } });
  }
  expect(await stack.simulator.ledger()).toEqual(before);

  await signInAs(page, "administrator");
  await page.goto(pages.serviceAccounts(organization.key, `selected=${own.id},${other!.id}`));
  const bar = page.getByRole("region", { name: "Selected service accounts" });
  await bar.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("This console");
  await expect(dialog.getByRole("button", { name: /^Delete \d/ })).toHaveAccessibleDescription(
    "This is the credential the console itself uses.",
  );
});

test("The eleventh deletion within an hour is refused", async ({ page, stack, organization, signInAs, apiAs }) => {
  const administrator = await apiAs("administrator");
  ageSignIns(stack, 0);
  const names = Array.from({ length: 11 }, (_, index) => `one-of-many-${index}`);
  const accounts = await newAccounts(administrator, organization.key, names);
  const ids = accounts.slice(0, 10).map(({ id }) => id);
  const before = deleted(await stack.simulator.ledger()).length;
  const ten = await administrator.post(
    api.deletions(organization.key),
    change({ accountIds: ids, confirmation: bulkDeleteConfirmation(10) }),
  );
  expect(ten.status(), await ten.text()).toBe(200);
  expect(deleted(await stack.simulator.ledger())).toHaveLength(before + 10);

  await signInAs(page, "administrator");
  await page.goto(pages.serviceAccount(organization.key, accounts[10]!.id));
  await page.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete one-of-many-10?" });
  await dialog.getByRole("button", { name: "Delete 1 service account" }).click();
  await expect(dialog.getByRole("alert")).toContainText("The limit of deletions per hour is reached.");
  await expect(dialog.getByRole("alert")).toContainText("0 of 10 deletions are left within this hour");
  expect(deleted(await stack.simulator.ledger())).toHaveLength(before + 10);
});
