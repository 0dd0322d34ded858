import { expiryAfterDays } from "@/lib/domain/expiry-preset";
import { api, pages } from "@/lib/paths/paths";
import { expect, test } from "./fixtures";
import { change } from "./request-as";

test.beforeAll(({ resetStack }) => resetStack());

test("What waits for somebody stands apart from what is done, and a secret waits for its creator alone", async ({
  page,
  browser,
  stack,
  signInAs,
  apiAs,
}) => {
  // Nobody works in this organization but this test.
  const { key } = stack.organizations[1]!;
  await signInAs(page, "viewer");
  await page.goto(pages.unfinished(key));
  await expect(page.getByText("Nothing is unfinished")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Latest changes" })).toBeHidden();

  const input = { name: "secret-not-copied", expiresAt: expiryAfterDays(30, new Date()) };
  const made = await (await apiAs("manager")).post(api.serviceAccounts(key), change(input));
  expect(made.status()).toBe(201);
  await page.reload();
  const card = page.getByRole("article").filter({ hasText: "Create: secret-not-copied" });
  await expect(card).toContainText("Only Max Okafor can open its secret until");
  await expect(page.getByText("Nothing is unfinished")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Latest changes" })).toBeVisible();
  await expect(card.getByRole("button", { name: "Open it again" })).toHaveCount(0);

  const manager = await browser.newPage({ baseURL: stack.url, permissions: ["clipboard-read", "clipboard-write"] });
  await signInAs(manager, "manager");
  await manager.goto(pages.unfinished(key));
  await expect(manager.getByText("Nothing is unfinished")).toBeHidden();
  await manager.getByRole("button", { name: "Open it again" }).click();
  await manager.getByRole("dialog").getByRole("button", { name: "Copy and close" }).click();
  await expect(manager.getByText("Nothing is unfinished")).toBeVisible();
  await expect(manager.getByRole("button", { name: "Open it again" })).toHaveCount(0);
  await expect(manager.getByRole("article").filter({ hasText: "Create: secret-not-copied" })).toContainText("Done");
  await manager.context().close();
});
