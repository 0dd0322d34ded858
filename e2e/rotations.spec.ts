import type { APIRequestContext, Page } from "@playwright/test";
import { createdAnswerSchema } from "@/lib/domain/change";
import { expiryAfterDays } from "@/lib/domain/expiry-preset";
import { issuedAnswerSchema } from "@/lib/domain/rotation-view";
import { api, pages } from "@/lib/paths/paths";
import { expectAccessible, openDialogs } from "./axe";
import { secretDialog } from "./create-screen";
import { ageRotations } from "./database-of";
import { expect, test } from "./fixtures";
import { tooWide } from "./page-width";
import { change } from "./request-as";
import { askForSync } from "./screens";
import type { Stack } from "./stack";
import { askUpstream } from "./upstream";

test.use({ stackOptions: { organizations: 1, accounts: 20, projects: 3 } });

type Credential = { id: number; username: string; secret: string };

/** An account whose secret the test knows, so that it can play the program that uses it. */
async function makeAccount(operator: APIRequestContext, key: string, name: string): Promise<Credential> {
  const input = { name, expiresAt: expiryAfterDays(90, new Date()) };
  const answer = await operator.post(api.serviceAccounts(key), change(input));
  const { account, operationId, secret } = createdAnswerSchema.parse(await answer.json());
  await operator.post(api.confirmSecret(key, operationId), change({}));
  return { id: account.id, username: account.username, secret: secret ?? "" };
}

const signInWith = async (stack: Stack, { username, secret }: Pick<Credential, "username" | "secret">) => {
  const [organization] = stack.organizations;
  return (await askUpstream(organization!.url, { username, secret }, { path: "/me" })).status;
};
const nameNow = (name: string) => `${name}-${new Date().toISOString().slice(0, 7)}`;

/** The program that used the account last did so this many days ago, by Mixpanel's clock. */
async function usedDaysAgo(stack: Stack, account: Credential, days: number): Promise<void> {
  await stack.simulator.clock({ now: new Date(Date.now() - days * 86_400_000).toISOString() });
  expect(await signInWith(stack, account)).toBe(200);
  await stack.simulator.clock({ now: new Date().toISOString() });
}

async function takeSecret(page: Page, name: string): Promise<{ username: string; secret: string }> {
  const dialog = secretDialog(page, name);
  await expect(dialog).toBeVisible({ timeout: 15_000 });
  const [username, secret] = await Promise.all([
    dialog
      .getByText(/^[\w.-]+\.[0-9a-f]{6}\.mp-service-account$/)
      .first()
      .innerText(),
    page.locator("code[data-secret]").innerText(),
  ]);
  return { username, secret };
}

test("A manager rotates an account to the end: the predecessor is deleted on evidence, a crash in between loses nothing", async ({
  page,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  test.setTimeout(120_000);
  const { key } = organization;
  const manager = await apiAs("manager");
  const old = await makeAccount(manager, key, "warehouse-export");
  await usedDaysAgo(stack, old, 9);
  await signInAs(page, "manager");
  await page.goto(pages.serviceAccount(key, old.id));
  await page.getByRole("button", { name: "Rotate", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Rotate warehouse-export?" });
  await expect(dialog.getByText(nameNow("warehouse-export"))).toBeVisible();
  await expectAccessible(page, "rotate", openDialogs);
  await dialog.getByRole("button", { name: "Issue the replacement" }).click();
  const replacement = await takeSecret(page, nameNow("warehouse-export"));
  await secretDialog(page, nameNow("warehouse-export")).getByRole("button", { name: "Copy and close" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Rotation of warehouse-export");
  await expect(page.getByText(/^Next: Put the secret of/)).toBeVisible();
  const timeline = page.getByRole("list", { name: "Timeline" });
  await expect(timeline.getByRole("listitem").filter({ hasText: "Hand the secret over" })).toHaveAttribute(
    "aria-current",
    "step",
  );
  await expectAccessible(page, "handing over");

  // The console dies, and the page goes on where it was.
  await stack.killConsole();
  await stack.restartConsole();
  await page.reload();
  await page.getByRole("button", { name: "It is in place" }).click();
  await expect(page.getByText(/^Next: Wait until/)).toBeVisible();
  expect(await signInWith(stack, replacement)).toBe(200);
  await askForSync(page);
  await expect(page.getByText("Mixpanel tells a use of it.")).toBeVisible({ timeout: 15_000 });
  await expect(page.getByText(/^Next: Both work side by side/)).toBeVisible();

  // Before the evidence is complete only the typed name unlocks the deletion.
  await page.getByRole("button", { name: "Delete the predecessor" }).click();
  const early = page.getByRole("alertdialog", { name: "Delete warehouse-export?" });
  await expect(early.getByText(/^Both work side by side until/)).toBeVisible();
  await expect(early.getByRole("button", { name: "Delete the predecessor" })).toHaveAttribute("aria-disabled", "true");
  await expectAccessible(page, "delete the predecessor", openDialogs);
  await early.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Cancel rotation" }).click();
  const cancelling = page.getByRole("alertdialog", { name: "Cancel this rotation?" });
  await expect(cancelling).toBeVisible();
  await expectAccessible(page, "cancel a rotation", openDialogs);
  await cancelling.getByRole("button", { name: "Go on with it" }).click();

  ageRotations(stack, 8);
  await page.reload();
  await askForSync(page);
  await expect(page.getByText("Ready to delete")).toBeVisible({ timeout: 15_000 });
  await page.getByRole("button", { name: "Delete the predecessor" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete the predecessor" }).click();
  await expect(page.getByText("Predecessor deleted")).toBeVisible({ timeout: 15_000 });
  expect([await signInWith(stack, old), await signInWith(stack, replacement)]).toEqual([401, 200]);
  await page.goto(pages.auditLog(key, "search=rotation.finish"));
  await expect(page.getByText("Delete predecessor").first()).toBeVisible();
});

test("A leaked secret is revoked at once, and its replacement issued in the same step", async ({
  page,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  const { key } = organization;
  const old = await makeAccount(await apiAs("manager"), key, "leaky-job");
  expect(await signInWith(stack, old)).toBe(200);
  await signInAs(page, "manager", { anew: true });
  await page.goto(pages.serviceAccount(key, old.id));
  await page.getByRole("button", { name: "This secret leaked" }).click();
  const dialog = page.getByRole("dialog", { name: "Has the secret of leaky-job leaked?" });
  const revoke = dialog.getByRole("button", { name: "Revoke and issue a replacement" });
  await expect(revoke).toHaveAttribute("aria-disabled", "true");
  await dialog.getByRole("textbox").fill("leaky-job");
  await expectAccessible(page, "leak", openDialogs);
  await revoke.click();
  const replacement = await takeSecret(page, nameNow("leaky-job"));
  expect([await signInWith(stack, old), await signInWith(stack, replacement)]).toEqual([401, 200]);
  await secretDialog(page, nameNow("leaky-job")).getByRole("button", { name: "Copy and close" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Rotation of leaky-job");
  await expect(page.getByText(/was deleted; its secret is worth nothing/)).toBeVisible();
});

test("A campaign says which accounts and by when; each is rotated from its page", async ({
  page,
  organization,
  signInAs,
  apiAs,
}) => {
  const { key } = organization;
  const manager = await apiAs("manager");
  for (const name of ["vendor-x-pull", "vendor-x-push"]) await makeAccount(manager, key, name);
  await signInAs(page, "manager");
  await page.goto(pages.rotations(key));
  await page.getByRole("button", { name: "New campaign" }).click();
  const dialog = page.getByRole("dialog", { name: "New rotation campaign" });
  await dialog.getByRole("textbox", { name: "Name", exact: true }).fill("Vendor X");
  await dialog.getByLabel("Due on").fill(expiryAfterDays(30, new Date()).slice(0, 10));
  await dialog.getByRole("textbox", { name: "Name contains" }).fill("vendor-x");
  await expectAccessible(page, "new campaign", openDialogs);
  await dialog.getByRole("button", { name: "Create campaign" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Vendor X");
  await expect(page.getByText("To begin")).toHaveCount(2);
  await page.getByRole("button", { name: "Rotate vendor-x-pull" }).click();
  await page.getByRole("button", { name: "Issue the replacement" }).click();
  await takeSecret(page, nameNow("vendor-x-pull"));
  await secretDialog(page, nameNow("vendor-x-pull")).getByRole("button", { name: "Copy and close" }).click();
  await page.goto(pages.rotations(key));
  await page.getByRole("link", { name: "Vendor X" }).click();
  await expect(page.getByText("To begin")).toHaveCount(1);
  await expect(page.getByText("Hand over")).toBeVisible();
  await expectAccessible(page, "campaign");
});

test("Viewers look at rotations and cannot move them", async ({ page, organization, signInAs, apiAs }) => {
  const { key } = organization;
  const manager = await apiAs("manager");
  const old = await makeAccount(manager, key, "looked-at");
  const answer = await manager.post(api.rotations(key), change({ accountId: old.id }));
  const { rotation, created } = issuedAnswerSchema.parse(await answer.json());
  await manager.post(api.confirmSecret(key, created?.operationId ?? ""), change({}));
  await signInAs(page, "viewer");
  for (const address of [pages.rotations(key), pages.rotation(key, rotation.id)]) {
    await page.goto(address);
    await expect(page.getByText("looked-at").first()).toBeVisible();
    await expectAccessible(page, "as a viewer");
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(() => tooWide(page)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
  }
  await expect(page.getByRole("button", { name: "It is in place" })).toHaveCount(0);
  const refused = await (await apiAs("viewer")).post(api.rotationStep(key, rotation.id, "hand-over"), change({}));
  expect(refused.status()).toBe(403);
});
