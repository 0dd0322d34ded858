import { consoleScreens, openScreen } from "./console-screens";
import { createButton, nameField, secretDialog } from "./create-screen";
import { expect, test } from "./fixtures";
import { tooWide } from "./page-width";
import { accountTable, chooseProjects, rangeOf, rowsOf } from "./screens";
import { upstreamOf } from "./upstream";

test.beforeAll(({ resetStack }) => resetStack());

for (const [width, height] of [
  [390, 844],
  [1024, 768],
] as const) {
  test(`At ${width} px every screen fits and can be read`, async ({ page, organization, signInAs }) => {
    await page.setViewportSize({ width, height });
    await signInAs(page, "administrator");
    for (const screen of await consoleScreens(organization)) {
      await openScreen(page, screen);
      expect.soft(await tooWide(page), screen.name).toEqual([]);
      await expect(page.getByRole("heading", { level: 1 })).toBeInViewport();
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll("main button, main a, main input, main textarea")].flatMap((element) => {
          const { left, right, width: wide } = element.getBoundingClientRect();
          const scrolls = element.closest("section[tabindex], [role=tablist], [role=grid], .sr-only");
          return wide > 1 && !scrolls && (left < -1 || right > innerWidth + 1) ? [element.outerHTML.slice(0, 120)] : [];
        }),
      );
      expect.soft(cut, screen.name).toEqual([]);
    }
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("Managers find their way, create an account and take its secret", async ({ page, organization, signInAs }) => {
    await signInAs(page, "manager");
    const [, , project] = await upstreamOf(organization).projects();
    const name = "made-on-a-phone";
    await page.goto(`/organizations/${organization.key}`);
    await page.getByRole("button", { name: "Open navigation" }).tap();
    await page.getByRole("dialog").getByRole("link", { name: "Service accounts" }).tap();
    await expect(rangeOf(page)).toBeVisible();
    await page.getByRole("link", { name: "Create service account" }).tap();
    await nameField(page).fill(name);
    await page.getByRole("radio", { name: "60 days" }).tap();
    await chooseProjects(page.getByRole("main"), [{ name: project!.name, role: "analyst" }]);
    expect(await tooWide(page)).toEqual([]);
    await createButton(page).tap();

    const dialog = secretDialog(page, name);
    await expect(dialog).toBeVisible();
    expect(await tooWide(page)).toEqual([]);
    const box = (await dialog.boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(390);
    await expect(dialog.getByRole("button", { name: "Copy and close" })).toBeInViewport({ ratio: 1 });
    await dialog.getByRole("tab", { name: "GitHub Actions" }).tap();
    await dialog.getByRole("button", { name: "Copy and close" }).tap();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
    await expect(page.getByRole("region", { name: "Access" })).toContainText(project!.name);
    expect(await tooWide(page)).toEqual([]);

    await page.goto(`/organizations/${organization.key}/service-accounts?search=${name}`);
    await expect(rowsOf(accountTable(page))).toHaveCount(1);
    await rowsOf(accountTable(page)).getByRole("checkbox").tap();
    await page.getByRole("button", { name: "Delete", exact: true }).tap();
    await page.getByRole("button", { name: "Delete 1 service account" }).tap();
    await expect(page.getByRole("dialog", { name: "What came of it" })).toContainText("1 done");
  });
});
