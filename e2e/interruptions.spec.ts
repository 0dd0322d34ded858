import type { Page } from "@playwright/test";
import { pages } from "@/lib/paths/paths";
import { createButton, createKeys, nameField, openCreateForm, takeSecret } from "./create-screen";
import { expect, test } from "./fixtures";
import { newAccounts } from "./new-accounts";
import { expectPromises } from "./promises";
import { chooseProjects, openAccountList, rangeOf } from "./screens";
import { upstreamOf } from "./upstream";

test.beforeAll(({ resetStack }) => resetStack());
test.afterEach(({ stack }) => stack.simulator.clearFaults());

const alertIn = (page: Page, text: string) => page.getByRole("alert").filter({ hasText: text });

test("Whoever opens an account that somebody is changing sees who it is, and cannot change it meanwhile", async ({
  page,
  browser,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "manager");
  const [account] = await newAccounts(await apiAs("administrator"), organization.key, ["both-want-it"]);
  const path = `/organizations/${organization.organizationId}/service-accounts/${account!.id}`;
  // Longer than the console waits for an answer: the deletion is done and its answer never read.
  await stack.simulator.fault({ method: "DELETE", path, times: 1, fault: { kind: "delay", ms: 12_000 } });
  await page.goto(pages.serviceAccount(organization.key, account!.id));
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  const confirm = page.getByRole("button", { name: "Delete 1 service account" });
  await confirm.click();
  await expect(confirm).toHaveAttribute("aria-busy", "true");

  const second = await (await browser.newContext()).newPage();
  await signInAs(second, "administrator");
  await second.goto(`${stack.url}${pages.serviceAccount(organization.key, account!.id)}`);
  await expect(second.getByRole("status").filter({ hasText: "is deleting this service account." })).toContainText(
    "Max Okafor",
  );
  const reason = "Another change to this account is under way.";
  await expect(second.getByRole("button", { name: "Delete", exact: true })).toHaveAccessibleDescription(reason);
  await expect(second.getByRole("button", { name: "Assign to projects" })).toHaveAccessibleDescription(reason);
  await second.getByRole("link", { name: "Open", exact: true }).click();
  await expect(second.getByRole("article").filter({ hasText: "Delete: both-want-it" })).toContainText(
    "both-want-it is being deleted by Max Okafor",
  );

  await expect(page.getByRole("dialog", { name: "What came of it" })).toContainText("1 done", { timeout: 20_000 });
  await second.goto(`${stack.url}${pages.serviceAccount(organization.key, account!.id)}`);
  await expect(second.getByText("This service account does not exist")).toBeVisible();
  await second.context().close();
  await expectPromises({
    stack,
    operator: await apiAs("viewer"),
    key: organization.key,
    target: "both-want-it",
    ledger: ["POST"],
    outcomes: ["succeeded", "unknown"],
  });
});

test("A session that ends in the middle of a form costs nothing typed, and the change is made once", async ({
  page,
  context,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "manager", { anew: true });
  const name = "session-ended-here";
  const [project] = await upstreamOf(organization).projects();
  const keys = createKeys(page);
  await openCreateForm(page, organization.key);
  await nameField(page).fill(name);
  await page.getByRole("textbox", { name: "Purpose" }).fill("Typed before the session ended");
  await page.getByRole("radio", { name: "180 days" }).click();
  await chooseProjects(page.getByRole("main"), [{ name: project!.name, role: "analyst" }]);

  const elsewhere = await context.newPage();
  await elsewhere.goto(pages.organizations);
  await elsewhere.getByRole("button", { name: "Signed in as Max Okafor" }).click();
  await elsewhere.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(elsewhere.getByText("You are signed out.")).toBeVisible();
  await elsewhere.close();

  await createButton(page).click();
  const ended = alertIn(page, "You are not signed in.");
  await expect(ended).toContainText("No service account was created.");
  await expect(ended).toContainText("What you typed is kept.");
  await ended.getByRole("button", { name: "Sign in" }).click();
  await expect(ended, "the form that was left").toBeHidden();
  // The provider still knows who it is, so nobody is asked again.
  await expect(nameField(page)).toHaveValue(name);
  await expect(page.getByRole("textbox", { name: "Purpose" })).toHaveValue("Typed before the session ended");
  await expect(page.getByRole("radio", { name: "180 days" })).toBeChecked();
  await expect(page.getByRole("combobox", { name: `Role in ${project!.name}` })).toContainText("analyst");
  await createButton(page).click();
  await takeSecret(page, name);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size, "the key of both attempts").toBe(1);
  await expectPromises({
    stack,
    operator: await apiAs("viewer"),
    key: organization.key,
    target: name,
    ledger: ["POST"],
    outcomes: ["succeeded"],
  });
});

test("Without a connection nothing is lost and nothing is made twice", async ({
  page,
  context,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "manager");
  const name = "typed-on-a-train";
  const keys = createKeys(page);
  await openCreateForm(page, organization.key);
  await nameField(page).fill(name);
  await context.setOffline(true);
  await createButton(page).click();
  const offline = alertIn(page, "The console cannot be reached.");
  await expect(offline).toContainText("Press the button again: the same request is never carried out twice.");
  await expect(nameField(page)).toHaveValue(name);
  await context.setOffline(false);
  await createButton(page).click();
  await takeSecret(page, name);
  expect(new Set(keys).size).toBe(1);
  await expectPromises({
    stack,
    operator: await apiAs("viewer"),
    key: organization.key,
    target: name,
    ledger: ["POST"],
    outcomes: ["succeeded"],
  });
});

test("While Mixpanel refuses connections the list stays, and a change is told as not sent", async ({
  page,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "manager");
  await openAccountList(page, organization.key);
  const shown = await rangeOf(page).innerText();
  await stack.stopSimulator();
  try {
    await page.getByRole("button", { name: "Sync now" }).click();
    const problem = page.getByRole("status").filter({ hasText: "Mixpanel cannot be reached." });
    await expect(problem).toContainText("Showing data from");
    await expect(rangeOf(page)).toHaveText(shown);

    await openCreateForm(page, organization.key);
    await nameField(page).fill("never-left");
    await createButton(page).click();
    const failure = alertIn(page, "Mixpanel cannot be reached.");
    await expect(failure).toContainText("Not sent: nothing was changed at Mixpanel.");
    await expect(failure).toContainText("Try again when the connection is back.");
    await expect(nameField(page)).toHaveValue("never-left");
  } finally {
    await stack.startSimulator();
  }
  await createButton(page).click();
  await takeSecret(page, "never-left");
  await expectPromises({
    stack,
    operator: await apiAs("viewer"),
    key: organization.key,
    target: "never-left",
    ledger: ["POST"],
    outcomes: ["failed", "succeeded"],
  });
});
