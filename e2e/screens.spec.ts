import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { pages } from "@/lib/paths/paths";
import { consoleScreens, openScreen } from "./console-screens";
import { createButton, nameField, openCreateForm, secretDialog, takeSecret } from "./create-screen";
import { expect, test } from "./fixtures";
import { newAccounts } from "./new-accounts";
import { chooseProjects } from "./screens";
import { upstreamOf } from "./upstream";

const folder = fileURLToPath(new URL("../docs/screens", import.meta.url));

// Pictures for the documentation; a check of the console must not change the tree.
test.skip(!process.env.UPDATE_SCREENS, "only with UPDATE_SCREENS=1");
test.beforeAll(() => mkdirSync(folder, { recursive: true }));
test.use({ contextOptions: { reducedMotion: "reduce" }, permissions: ["clipboard-read", "clipboard-write"] });

async function picture(page: Page, name: string) {
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${folder}/${name}.png`, caret: "hide" });
}

test("Pictures of each main screen", async ({ page, stack, organization, signInAs, apiAs, resetStack }) => {
  test.setTimeout(180_000);
  await resetStack();
  await page.emulateMedia({ colorScheme: "light" });
  await signInAs(page, "administrator");
  const { key, organizationId } = organization;
  const projects = await upstreamOf(organization).projects();
  const operator = await apiAs("manager");
  const grants = projects.slice(0, 2).map(({ id }) => ({ id, role: "analyst" as const }));
  await newAccounts(operator, key, ["bigquery-load-orders", "looker-finance"], { projects: grants });
  const path = `/organizations/${organizationId}/service-accounts`;
  await stack.simulator.fault({ method: "POST", path, times: 1, fault: { kind: "reset-after-commit" } });
  await newAccounts(operator, key, ["hightouch-sales"]).catch(() => undefined);

  await openCreateForm(page, key);
  await nameField(page).fill("warehouse-export-prod");
  await page.getByRole("textbox", { name: "Purpose" }).fill("Nightly export to the warehouse; finance reads it at 7.");
  await chooseProjects(page.getByRole("main"), [
    { name: projects[0]!.name, role: "analyst" },
    { name: projects[3]!.name },
  ]);
  await page.evaluate(() => scrollTo(0, 0));
  await picture(page, "create");
  await createButton(page).click();
  await expect(secretDialog(page, "warehouse-export-prod")).toBeVisible();
  await picture(page, "secret");
  await takeSecret(page, "warehouse-export-prod");

  const screens = (await consoleScreens(organization)).filter(({ name }) => name !== "create");
  for (const screen of screens) {
    await openScreen(page, screen);
    await picture(page, screen.name);
  }
  await page.emulateMedia({ colorScheme: "dark" });
  for (const screen of screens.filter(({ name }) => name === "overview" || name === "service-accounts")) {
    await openScreen(page, screen);
    await picture(page, `${screen.name}-dark`);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 390, height: 844 });
  for (const address of [pages.overview(key), pages.createServiceAccount(key)]) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("main")).toContainText(/Needs attention|What it is for/);
    await picture(page, `${address.endsWith("new") ? "create" : "overview"}-390`);
  }
});
