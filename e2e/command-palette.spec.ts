import type { Page } from "@playwright/test";
import { pages } from "@/lib/paths/paths";
import { expect, test } from "./fixtures";
import { nameOf } from "./screens";
import { upstreamOf } from "./upstream";

const palette = (page: Page) => page.getByRole("dialog", { name: "Search or jump to" });

async function find(page: Page, words: string, group: string, option: string) {
  await page.keyboard.press("ControlOrMeta+k");
  await expect(palette(page).getByRole("combobox")).toBeFocused();
  await page.keyboard.type(words);
  await expect(palette(page).getByRole("group", { name: group }).getByRole("option", { name: option })).toBeVisible();
  await palette(page).getByRole("option", { name: option }).first().click();
  await expect(palette(page)).toBeHidden();
}

test("⌘K finds an account, a project, a page, an action and another organization", async ({
  page,
  stack,
  organization,
  signInAs,
  resetStack,
}) => {
  await resetStack();
  await signInAs(page, "manager");
  const upstream = upstreamOf(organization);
  const account = (await upstream.accounts())[33]!;
  const project = (await upstream.projects())[11]!;
  const europe = stack.organizations[1]!;
  const heading = page.getByRole("heading", { level: 1 });
  await page.goto(pages.overview(organization.key));
  await expect(heading).toHaveText("Overview");

  await find(page, account.username.slice(-25), "Service accounts", nameOf(account));
  await expect(heading).toHaveText(nameOf(account));
  await find(page, project.name, "Projects", project.name);
  await expect(heading).toHaveText(project.name);
  await find(page, "audit", "Pages and actions", "Audit log");
  await expect(heading).toHaveText("Audit log");
  await find(page, "create", "Pages and actions", "Create a service account");
  await expect(heading).toHaveText("Create a service account");
  await find(page, europe.name, "Pages and actions", `Go to ${europe.name}`);
  await expect(page).toHaveURL(new RegExp(`${pages.overview(europe.key)}$`));

  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("nothing of the kind");
  await expect(palette(page)).toContainText('Nothing matches "nothing of the kind".');
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();
});

test("The palette offers viewers no change", async ({ page, organization, signInAs }) => {
  await signInAs(page, "viewer");
  await page.goto(pages.overview(organization.key));
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
  await page.getByRole("button", { name: "Search or jump to…" }).click();
  await expect(palette(page).getByRole("option", { name: "Overview" })).toBeVisible();
  await expect(palette(page).getByRole("option", { name: /Create/ })).toHaveCount(0);
});
