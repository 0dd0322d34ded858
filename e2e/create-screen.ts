import { expect, type Page } from "@playwright/test";
import { pages } from "@/lib/paths/paths";

export const nameField = (page: Page) => page.getByRole("textbox", { name: "Name", exact: true });
export const createButton = (page: Page) => page.getByRole("button", { name: "Create service account" });
export const secretDialog = (page: Page, name: string) => page.getByRole("dialog", { name: `${name} was created` });

export async function openCreateForm(page: Page, key: string): Promise<void> {
  await page.goto(pages.createServiceAccount(key));
  await expect(nameField(page)).toBeVisible();
}

/** Takes the secret as an operator does, and ends on the new account's own page. */
export async function takeSecret(page: Page, name: string): Promise<string> {
  const dialog = secretDialog(page, name);
  await expect(dialog).toBeVisible();
  const secret = await page.locator("code[data-secret]").innerText();
  await dialog.getByRole("button", { name: "Copy and close" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(dialog).toBeHidden();
  return secret;
}

/** The keys under which this page sends creates, in order, as they leave the browser. */
export function createKeys(page: Page): string[] {
  const keys: string[] = [];
  page.on("request", (request) => {
    const isCreate = request.method() === "POST" && request.url().endsWith("/service-accounts");
    if (isCreate) keys.push(request.headers()["idempotency-key"] ?? "");
  });
  return keys;
}
