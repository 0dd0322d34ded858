import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** What has opened above a page. */
export const openDialogs = "[role=dialog], [role=alertdialog]";

const tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];

/** There are no frames to look into, and what is in order need not be described: both cost more than the rules. */
function builderFor(page: Page, part: string | undefined) {
  const builder = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  return part === undefined ? builder : builder.include(part);
}

async function findings(page: Page, builder: AxeBuilder): Promise<string[]> {
  // Whatever fades in is judged when it is there.
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => null))));
  const { violations } = await builder.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target} ${failureSummary}`),
  );
}

/**
 * Every rule in light; in dark the colours alone, for nothing else of the page differs. `part` names what has opened
 * above a page that was looked at before.
 */
export async function expectAccessible(page: Page, what: string, part?: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  expect.soft(await findings(page, builderFor(page, part).withTags(tags)), what).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = builderFor(page, part).withRules(["color-contrast", "link-in-text-block"]);
  expect.soft(await findings(page, dark), `${what}, dark`).toEqual([]);
}

/** A whole screen: as above, and exactly one heading of the first level. */
export async function expectAccessibleScreen(page: Page, what: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 }), what).toHaveCount(1);
  await expectAccessible(page, what);
}
