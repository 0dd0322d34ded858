import type { Page } from "@playwright/test";
import type { OperatorRole } from "@/lib/domain/operator";
import type { Stack } from "./stack";

/** An operator of the demo, or the one whom no group lets in. */
export type Person = OperatorRole | "nobody";

/** Goes through sign-in page and identity provider as a person does, to wherever the console leads afterwards. */
export async function signInThroughProvider(page: Page, stack: Stack, person: Person): Promise<void> {
  await page.goto(`${stack.url}/sign-in`);
  await page.getByRole("button", { name: /sign in/i }).click();
  await page.getByRole("button", { name: stack.signInNameOf(person) }).click();
  await page.waitForURL((url) => url.origin === stack.url && !url.pathname.startsWith("/api/"));
}
