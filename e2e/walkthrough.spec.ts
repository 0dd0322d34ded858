import type { Page } from "@playwright/test";
import { walkthroughSteps } from "@/components/walkthrough/steps";
import type { OperatorRole } from "@/lib/domain/operator";
import { pages } from "@/lib/paths/paths";
import { expect, test } from "./fixtures";

// A stack of its own: nobody has signed in to it before.
test.use({ stackOptions: { accounts: 20, projects: 3 } });

const offer = (page: Page) => page.getByRole("dialog", { name: "Welcome to Keywarden" });
const step = (page: Page) =>
  page.getByRole("dialog").filter({ has: page.getByRole("button", { name: /^(Next|Done)$/ }) });
const fromHelp = async (page: Page, item: string | RegExp) => {
  await page.getByRole("button", { name: "Help" }).click();
  await page.getByRole("menuitem", { name: item }).click();
};

async function followTo(page: Page, key: string, role: OperatorRole, from: number, to: number) {
  const steps = walkthroughSteps(role);
  for (const [index, { title, text, page: where, mark }] of steps.entries()) {
    if (index < from || index > to) continue;
    await expect(step(page)).toContainText(title);
    await expect(step(page)).toContainText(text);
    await expect(step(page)).toContainText(`${index + 1} of ${steps.length}`);
    await expect(page).toHaveURL(new RegExp(`${where(key)}$`));
    await expect(page.locator(`[data-tour="${mark}"]`).first()).toBeInViewport();
    if (index < to) await step(page).getByRole("button", { name: "Next" }).click();
  }
}

for (const role of ["viewer", "administrator"] as const) {
  test(`A new ${role} is shown the real screens of their role, to the end`, async ({
    page,
    organization,
    signInAs,
  }) => {
    await signInAs(page, role, { firstTime: true });
    const { key } = organization;
    const { length } = walkthroughSteps(role);
    await expect(offer(page)).toContainText(`in ${length} steps`);
    await offer(page).getByRole("button", { name: "Show me around" }).click();
    await followTo(page, key, role, 0, length - 1);
    await step(page).getByRole("button", { name: "Done" }).click();
    await expect(step(page)).toBeHidden();

    await page.goto(pages.overview(key));
    await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
    await page.getByRole("button", { name: "Help" }).click();
    await expect(page.getByRole("menuitem", { name: "Take the tour" })).toBeVisible();
    await expect(page.getByRole("menuitem", { name: /Resume/ })).toHaveCount(0);
    await expect(offer(page)).toBeHidden();
  });
}

test("A new manager leaves the tour, resumes it where it was after a reload, and takes it again", async ({
  page,
  organization,
  signInAs,
}) => {
  await signInAs(page, "manager", { firstTime: true });
  const { key } = organization;
  const { length } = walkthroughSteps("manager");
  await offer(page).getByRole("button", { name: "Show me around" }).click();
  await followTo(page, key, "manager", 0, 5);
  await step(page).getByRole("button", { name: "Back" }).click();
  await followTo(page, key, "manager", 4, 5);
  await page.keyboard.press("Escape");
  await expect(step(page)).toBeHidden();
  await page.goto(pages.settings);
  await expect(page.getByRole("heading", { name: "Settings", level: 1 })).toBeVisible();
  await expect(offer(page)).toBeHidden();
  await fromHelp(page, `Resume the tour (6 of ${length})`);
  await followTo(page, key, "manager", 5, length - 1);
  await step(page).getByRole("button", { name: "Done" }).click();
  await fromHelp(page, "Take the tour");
  await followTo(page, key, "manager", 0, 0);
  await step(page).getByRole("button", { name: "Close" }).click();
  await expect(step(page)).toBeHidden();
});

test("Who declines the tour is not asked again", async ({ page, stack, organization, signInAs }) => {
  await stack.identityProvider.setGroups("nadia.nobody@example.com", ["keywarden-viewers"]);
  await signInAs(page, "nobody");
  await offer(page).getByRole("button", { name: "Not now" }).click();
  await expect(offer(page)).toBeHidden();
  await page.goto(pages.overview(organization.key));
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await page.getByRole("button", { name: "Help" }).click();
  await expect(page.getByRole("menuitem", { name: "Take the tour" })).toBeVisible();
  await expect(offer(page)).toBeHidden();
});
