import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";
import { z } from "zod";
import { emptyAnnotation } from "@/lib/domain/annotation";
import { accountPageSchema } from "@/lib/domain/inventory-view";
import { api, pages } from "@/lib/paths/paths";
import { type Received, startMailServer, startReceiver } from "@/lib/services/notifications/testing/receivers";
import { expectAccessible, openDialogs } from "./axe";
import { changeDatabase } from "./database-of";
import { test as base, expect } from "./fixtures";
import { change } from "./request-as";
import { rowsOf } from "./screens";
import type { StackOptions } from "./stack";

type Post = { mail: Awaited<ReturnType<typeof startMailServer>>; receiver: Awaited<ReturnType<typeof startReceiver>> };

/** A mail server and a receiver of webhooks, and a console that was told of both. */
const test = base.extend<object, { post: Post; stackOptions: StackOptions }>({
  post: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern that it needs no other fixture
    async ({}, use) => {
      const post = { mail: await startMailServer(), receiver: await startReceiver() };
      await use(post);
      await post.mail.stop();
      await post.receiver.stop();
    },
    { scope: "worker" },
  ],
  stackOptions: [
    async ({ post }, use) => {
      const environment = {
        KEYWARDEN_SMTP_URL: post.mail.url,
        KEYWARDEN_MAIL_FROM: "Keywarden <keywarden@example.com>",
        KEYWARDEN_WEBHOOK_ALLOWED_HOSTS: post.receiver.host,
      };
      await use({ accounts: 40, projects: 6, environment });
    },
    { scope: "worker" },
  ],
});

/** By the specification alone: the console's own library is not asked. */
function isSigned({ headers, body }: Received, secret: string): boolean {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const content = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  return headers["webhook-signature"] === `v1,${createHmac("sha256", key).update(content).digest("base64")}`;
}

async function addChannel(page: Page, kind: string, fields: Record<string, string>): Promise<void> {
  await page.getByRole("button", { name: kind, exact: true }).click();
  const dialog = page.getByRole("dialog", { name: `Add a channel: ${kind}` });
  for (const [label, text] of Object.entries(fields)) await dialog.getByLabel(label, { exact: true }).fill(text);
  await dialog.getByRole("combobox", { name: "Hour of the day" }).click();
  await page.getByRole("option", { name: "00:00" }).click();
  await dialog.getByRole("button", { name: "Add channel" }).click();
}

const idsSchema = z.object({ data: z.object({ warnings: z.array(z.looseObject({ accountId: z.number() })) }) });

test("Administrators set up mail and a webhook, and an account's owner is warned once, also when a target was down", async ({
  page,
  post,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  test.setTimeout(240_000);
  const { key } = organization;
  await signInAs(page, "administrator");
  await page.goto(pages.notifications(key));
  await expect(page.getByText("Nobody is warned yet")).toBeVisible();

  // Before there is a channel: whom a warning goes to is decided when it is due, which may be at once.
  const manager = await apiAs("manager");
  const soon = await manager.get(`${api.serviceAccounts(key)}?expiry=critical&sort=expires`);
  const [account] = accountPageSchema.parse(await soon.json()).rows;
  if (!account) throw new Error("The seed has an account that expires within a week.");
  const annotation = { ...emptyAnnotation, owner: "Rosa", contact: "rosa@example.com" };
  const saved = await manager.post(api.annotation(key, account.id), change({ annotation, seen: null }));
  expect(saved.ok(), await saved.text()).toBe(true);

  await addChannel(page, "Mail", { Name: "Owners", Addresses: "platform@example.com" });
  const mail = page.getByRole("region", { name: "Owners", exact: true });
  await mail.getByRole("button", { name: "Send a test" }).click();
  await expect(mail.getByRole("status")).toContainText("The mail server took the message for platform@example.com");
  expect(post.mail.received.map(({ mail: { subject } }) => subject)).toEqual([
    `Keywarden: Test message for ${organization.name}`,
  ]);

  await page.goto(pages.notifications(key));
  await addChannel(page, "Webhook", { Name: "On call", Address: post.receiver.url });
  const shown = page.getByRole("dialog", { name: "Signing secret of On call" });
  const secret = (await shown.locator("code").textContent()) ?? "";
  expect(secret).toMatch(/^whsec_/);
  await shown.getByRole("button", { name: "I have copied it" }).click();
  const webhook = page.getByRole("region", { name: "On call", exact: true });
  await webhook.getByRole("button", { name: "Send a test" }).click();
  await expect(webhook.getByRole("status")).toContainText("took the message");
  expect(post.receiver.received.map((message) => isSigned(message, secret))).toEqual([true]);
  await expect(page.getByText(secret)).toBeHidden();

  post.receiver.state.answer = 503;
  const toRosa = () => post.mail.received.filter(({ to }) => to.includes("rosa@example.com"));
  await expect.poll(() => toRosa().length, { timeout: 150_000 }).toBe(1);
  const text = toRosa()[0]?.mail.text ?? "";
  expect(text).toContain(account.username);
  expect(text).toContain(pages.serviceAccount(key, account.id));
  expect(text).toContain("as the contact");

  await webhook.getByRole("button", { name: "Deliveries" }).click();
  const line = rowsOf(webhook.getByRole("table", { name: "Deliveries of On call" })).first();
  await expect(line).toContainText("It answered with status 503.", { timeout: 60_000 });
  await expect(webhook.getByText("Not arriving", { exact: true })).toBeVisible({ timeout: 70_000 });
  const banner = page.getByRole("status").filter({ hasText: "Warnings do not arrive: On call." });
  await expect(banner, "before an hour has passed").toBeHidden();
  const anHourAgo = new Date(Date.now() - 61 * 60_000).toISOString();
  changeDatabase(
    stack,
    "update notification_channels set failing_since = ? where failing_since is not null",
    anHourAgo,
  );
  await page.reload();
  await expect(banner).toContainText("They are kept and sent again");
  await webhook.getByRole("button", { name: "Deliveries" }).click();
  post.receiver.state.answer = 204;
  await line.getByRole("button", { name: "Retry now" }).click();
  await expect(line).toContainText("Arrived", { timeout: 60_000 });
  await page.reload();
  await expect(webhook).toBeVisible();
  await expect(banner).toBeHidden();
  const [, message, ...others] = post.receiver.received;
  if (!message) throw new Error("The webhook got no warning.");
  expect([isSigned(message, secret), others.length]).toEqual([true, 0]);
  const warned = idsSchema.parse(JSON.parse(message.body)).data.warnings.map(({ accountId }) => accountId);
  expect(warned).toContain(account.id);
  expect(toRosa()).toHaveLength(1);
});

test("axe finds nothing in channels, their deliveries and dialogs", async ({ page, post, organization, signInAs }) => {
  await signInAs(page, "administrator");
  await page.goto(pages.notifications(organization.key));
  const earlier = page.getByRole("region", { name: "On call", exact: true });
  await earlier.getByRole("button", { name: "Deliveries" }).click();
  await expect(rowsOf(earlier.getByRole("table", { name: "Deliveries of On call" })).first()).toBeVisible();
  await expectAccessible(page, "channels and their deliveries");
  await page.getByRole("button", { name: "Mail", exact: true }).click();
  await expect(page.getByRole("dialog", { name: "Add a channel: Mail" })).toBeVisible();
  await expectAccessible(page, "add a channel", openDialogs);
  await page.keyboard.press("Escape");
  await addChannel(page, "Webhook", { Name: "Second", Address: post.receiver.url });
  const secret = page.getByRole("dialog", { name: "Signing secret of Second" });
  await expect(secret).toBeVisible();
  await expectAccessible(page, "signing secret", openDialogs);
  await secret.getByRole("button", { name: "I have copied it" }).click();
  const second = page.getByRole("region", { name: "Second", exact: true });
  await second.getByRole("button", { name: "Remove" }).click();
  const removing = page.getByRole("alertdialog", { name: "Remove Second?" });
  await expect(removing).toBeVisible();
  await expectAccessible(page, "remove a channel", openDialogs);
  await removing.getByRole("button", { name: "Remove channel" }).click();
  await expect(second).toBeHidden();
});

test("Viewers see where warnings go and change nothing", async ({ page, organization, signInAs }) => {
  await signInAs(page, "viewer");
  await page.goto(pages.notifications(organization.key));
  await expect(page.getByRole("heading", { name: "Notifications", level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: "Deliveries" }).first()).toBeVisible();
  for (const name of ["Send a test", "Change", "Remove", "Webhook"]) {
    await expect(page.getByRole("button", { name, exact: true })).toHaveCount(0);
  }
});

test("Operators make a private calendar, which ends when they revoke it", async ({
  page,
  request,
  stack,
  signInAs,
}) => {
  await signInAs(page, "viewer");
  await page.goto(pages.settings);
  await page.getByRole("button", { name: "New feed" }).click();
  await page.getByRole("dialog", { name: "New feed" }).getByRole("button", { name: "Make feed" }).click();
  const shown = page.getByRole("dialog", { name: "Address of your feed" });
  const address = (await shown.locator("code").textContent()) ?? "";
  expect(address).toContain(`${stack.url}/api/feeds/`);
  await shown.getByRole("button", { name: "I have copied it" }).click();
  const read = await request.get(address);
  expect([read.status(), read.headers()["content-type"], read.headers()["cache-control"]]).toEqual([
    200,
    "text/calendar; charset=utf-8",
    "no-store",
  ]);
  expect(await read.text()).toMatch(/BEGIN:VEVENT[\s\S]*SUMMARY:.* expires/);
  await rowsOf(page.getByRole("table", { name: "Private feeds" }))
    .getByRole("button", { name: "Revoke" })
    .click();
  await expect(page.getByText("Subscribe to expiries in your calendar")).toBeVisible();
  expect((await request.get(address)).status()).toBe(404);
});
