import { AxeBuilder } from "@axe-core/playwright";
import type { APIRequestContext, Locator, Page } from "@playwright/test";
import { api, pages } from "@/lib/paths/paths";
import { expect, test } from "./fixtures";
import { change } from "./request-as";
import { factOf, recordOf } from "./screens";
import type { Stack } from "./stack";

test.use({ stackOptions: { organizations: 3, configured: 1, accounts: 30, projects: 4 } });

/** Has the second organization connected, whichever spec did it first. */
async function connectSecond(stack: Stack, administrator: APIRequestContext) {
  const second = stack.organizations[1]!;
  const answer = await administrator.post(api.organizations, change(second.owner));
  expect([201, 422]).toContain(answer.status());
  return second;
}

async function openAdd(page: Page): Promise<Locator> {
  await page.goto(pages.organizations);
  await page.getByRole("button", { name: "Add organization" }).click();
  return page.getByRole("dialog", { name: "Add an organization" });
}

async function tryCredential(dialog: Locator, { username, secret }: { username: string; secret: string }) {
  await dialog.getByRole("textbox", { name: "Username" }).fill(username);
  await dialog.getByLabel("Secret").fill(secret);
  await dialog.getByRole("button", { name: "Try it" }).click();
}

async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  }
}

const credentialOf = (page: Page, name: string) =>
  page.getByRole("region", { name: "Organizations and their credentials" }).getByRole("region", { name, exact: true });

test("Administrators paste a credential, see what it is, and keep it", async ({ page, stack, signInAs }) => {
  const added = stack.organizations[1]!;
  await signInAs(page, "administrator");
  const dialog = await openAdd(page);
  await dialog.getByRole("button", { name: "Try it" }).click();
  await expect(dialog.getByText("Paste the service account's username.")).toBeVisible();
  await tryCredential(dialog, { ...added.owner, secret: "wrong" });
  await expect(dialog.getByRole("alert")).toContainText("rejected this username and secret in every region");
  await expect(dialog.getByRole("alert")).toContainText("Nothing was kept.");
  await tryCredential(dialog, added.project);
  await expect(dialog.getByRole("alert")).toContainText("it belongs only to projects");
  await expectAccessible(page);
  await tryCredential(dialog, added.owner);

  const found = page.getByRole("dialog", { name: "What was found" });
  await expect(found.getByRole("heading", { name: added.name })).toBeVisible();
  await expect(factOf(found, "Region")).toHaveText("European Union");
  await expect(factOf(found, "Role of the credential")).toHaveText("owner");
  await expect(factOf(found, "Service accounts")).toHaveText("12");
  await expectAccessible(page);
  await found.getByRole("button", { name: "Keep and connect" }).click();

  await expect(page).toHaveURL(new RegExp(`${pages.overview(added.key)}$`));
  await expect(page.getByRole("button", { name: `Organization: ${added.name}` })).toBeVisible();
  await page.getByRole("navigation").getByRole("link", { name: "Service accounts" }).click();
  await expect(page.getByText(/of 12$/)).toBeVisible({ timeout: 20_000 });
  expect(await page.content()).not.toContain(added.owner.secret);
  expect(stack.consoleOutput()).not.toContain(added.owner.secret);
  expect(await recordOf(page, added.key, added.name)).toEqual(["Add organization: Succeeded"]);
});

test("What is connected already is refused before it is kept", async ({ page, stack, signInAs }) => {
  await signInAs(page, "administrator");
  const dialog = await openAdd(page);
  const [configured] = stack.organizations;
  await tryCredential(dialog, configured!.admin);
  const found = page.getByRole("dialog", { name: "What was found" });
  await expect(found.getByRole("status")).toContainText(`${configured!.name} is connected already`);
  await expect(found.getByRole("button", { name: "Keep and connect" })).toHaveAttribute("aria-disabled", "true");
  await found.getByRole("button", { name: "Back" }).click();
  await expect(dialog.getByRole("textbox", { name: "Username" })).toHaveValue(configured!.admin.username);
});

test("Nobody else sees or does any of it", async ({ page, stack, signInAs, apiAs }) => {
  const [first] = stack.organizations;
  const second = await connectSecond(stack, await apiAs("administrator"));
  await signInAs(page, "manager");
  await page.goto(pages.organizations);
  await expect(page.getByRole("heading", { name: "Organizations" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Add organization" })).toHaveCount(0);
  await page.goto(pages.settings);
  await expect(page.getByText("You are signed in as manager.")).toBeVisible();
  await expect(page.getByText("Organizations and their credentials")).toHaveCount(0);
  const manager = await apiAs("manager");
  const before = (await stack.simulator.ledger()).length;
  for (const [address, data] of [
    [api.organizationPreview, second.owner],
    [api.organizations, stack.organizations[2]!.owner],
    [api.credential(second.key), second.admin],
    [api.credentialRotation(second.key), { rotationId: null }],
    [api.cancelCredentialRotation(second.key), { rotationId: "x" }],
    [api.organizationRemoval(second.key), { confirmation: second.name }],
  ] as const) {
    const answer = await manager.post(address, change(data));
    expect([address, answer.status()]).toEqual([address, 403]);
  }
  expect((await manager.get(api.credential(first!.key))).status()).toBe(403);
  expect(await stack.simulator.ledger()).toHaveLength(before);
});

test("A credential from the environment says how a person rotates it", async ({ page, stack, signInAs }) => {
  const [configured] = stack.organizations;
  await signInAs(page, "administrator");
  await page.goto(pages.settings);
  const credential = credentialOf(page, configured!.name);
  await expect(factOf(credential, "Username")).toHaveText(configured!.owner.username);
  await expect(credential.getByText("The environment, or the organizations file")).toBeVisible();
  await expect(credential.getByRole("button", { name: "Rotate" })).toHaveCount(0);
  await credential.getByText("How to rotate this credential").click();
  await expect(credential.getByRole("listitem")).toHaveCount(3);
  await expect(credential.getByRole("link", { name: "Create a service account" })).toBeVisible();
});

test("The console rotates its own credential, shows each step, and protects both sides", async ({
  page,
  stack,
  signInAs,
  apiAs,
}) => {
  const { name, owner, key } = await connectSecond(stack, await apiAs("administrator"));
  const before = (await stack.simulator.ledger()).length;
  await signInAs(page, "administrator");
  await page.goto(pages.settings);
  const credential = credentialOf(page, name);
  await credential.getByRole("button", { name: "Rotate" }).click();
  const asking = page.getByRole("alertdialog", { name: `Rotate the credential of ${name}?` });
  await expect(asking).toContainText(owner.username);
  await asking.getByText("30 days", { exact: true }).click();
  await expectAccessible(page);
  await asking.getByRole("button", { name: "Issue and switch" }).click();
  await expect(asking).toBeHidden();
  await expect(factOf(credential, "Username")).toHaveText(/^keywarden-\d{4}-\d{2}-\d{2}\.[0-9a-f]{6}\./);
  await expect(factOf(credential, "Expires")).toContainText("in 30 days");
  const steps = credential.getByRole("list").getByRole("listitem");
  await expect(steps).toHaveText([/^Done: Issue/, /^Done: Verify/, /^Done: Switch/, /^Next: Delete the predecessor/]);
  const deletion = credential.getByRole("button", { name: "Delete the predecessor" });
  await expect(deletion).toHaveAttribute("aria-disabled", "true");

  await page.mouse.move(0, 0);
  await page.reload();
  await expect(deletion).toBeVisible();
  await expectAccessible(page);
  await credential.getByRole("button", { name: "Keep the predecessor" }).click();
  await expect(deletion).toBeHidden();
  expect((await stack.simulator.ledger()).slice(before).map(({ method }) => method)).toEqual(["POST"]);
  const record = await recordOf(page, key, name);
  expect(record.filter((line) => line.startsWith("Rotate credential"))).toEqual([
    ...Array.from({ length: 4 }, () => "Rotate credential: Succeeded"),
    "Rotate credential: Intended",
  ]);
});

test("A credential is replaced by another of the same organization, and an organization removed", async ({
  page,
  stack,
  signInAs,
  apiAs,
}) => {
  const { name, admin, key } = await connectSecond(stack, await apiAs("administrator"));
  await signInAs(page, "administrator");
  await page.goto(pages.settings);
  const credential = credentialOf(page, name);
  await credential.getByRole("button", { name: "Replace" }).click();
  const dialog = page.getByRole("dialog", { name: `Replace the credential of ${name}` });
  await dialog.getByRole("textbox", { name: "Username" }).fill(stack.organizations[2]!.owner.username);
  await dialog.getByLabel("Secret").fill(stack.organizations[2]!.owner.secret);
  await dialog.getByRole("button", { name: "Try and replace" }).click();
  await expect(dialog.getByRole("alert")).toContainText(`not to ${name}`);
  await dialog.getByRole("textbox", { name: "Username" }).fill(admin.username);
  await dialog.getByLabel("Secret").fill(admin.secret);
  await dialog.getByRole("button", { name: "Try and replace" }).click();
  await expect(dialog).toBeHidden();
  await expect(factOf(credential, "Username")).toHaveText(admin.username);
  await expect(factOf(credential, "Role")).toHaveText("admin");

  await credential.getByRole("button", { name: "Remove" }).click();
  const asking = page.getByRole("alertdialog", { name: `Remove ${name} from this console?` });
  await asking.getByRole("textbox").fill(name);
  await asking.getByRole("button", { name: "Remove organization" }).click();
  await expect(asking).toBeHidden();
  await expect(credential).toHaveCount(0);
  await page.goto(pages.overview(key));
  await expect(page.getByText("This page does not exist")).toBeVisible();
  expect(stack.consoleOutput()).not.toContain(admin.secret);
});
