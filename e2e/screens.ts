import { expect, type Locator, type Page } from "@playwright/test";
import { splitUsername } from "@/lib/domain/service-account";
import { api, pages } from "@/lib/paths/paths";

/** What the screens show in large of an account: the name a person chose. */
export const nameOf = ({ username }: { username: string }) => splitUsername(username).name;

/** The rows of a table without its head. */
export const rowsOf = (table: Locator) => table.locator("tbody").getByRole("row");

/** The value beside a term of a definition list. */
export const factOf = (scope: Page | Locator, term: string) =>
  scope
    .getByRole("term")
    .filter({ hasText: new RegExp(`^${term}$`) })
    .locator("xpath=following-sibling::dd");

/** The words of a list's foot: "1–14 of 14". */
export const rangeOf = (page: Page) => page.getByRole("navigation", { name: /^Pages of/ }).getByRole("paragraph");

export const accountTable = (page: Page) => page.getByRole("table", { name: "Service accounts", exact: true });

export async function openAccountList(page: Page, key: string, query = ""): Promise<void> {
  await page.goto(pages.serviceAccounts(key, query));
  await expect(page.getByRole("heading", { name: "Service accounts", level: 1 })).toBeVisible();
  await expect(rangeOf(page)).toBeVisible();
}

/** Chooses projects by name in an open form or dialog, and a role for each. */
export async function chooseProjects(scope: Locator, projects: readonly { name: string; role?: string }[]) {
  const page = scope.page();
  await scope.getByRole("combobox", { name: "Projects", exact: true }).click();
  const search = page.getByRole("combobox", { name: "Type to find" });
  for (const { name } of projects) {
    await search.fill(name);
    await page.getByRole("option", { name }).first().click();
  }
  await search.press("Escape");
  for (const { name, role } of projects) {
    if (!role) continue;
    await scope.getByRole("combobox", { name: `Role in ${name}` }).click();
    await page.getByRole("option", { name: role }).click();
    await expect(scope.getByRole("combobox", { name: `Role in ${name}` })).toContainText(role);
  }
}

/** The lines that the record holds for something, newest first, as "what: outcome". */
export async function recordOf(page: Page, key: string, search: string): Promise<string[]> {
  await page.goto(pages.auditLog(key, new URLSearchParams({ search }).toString()));
  const table = page.getByRole("table", { name: "Audit events" });
  await expect(table).toBeVisible();
  const rows = await rowsOf(table).all();
  return Promise.all(
    rows.map(async (row) => {
      const cells = await row.getByRole("cell").allInnerTexts();
      return `${cells[2]}: ${cells[4]}`;
    }),
  );
}

/** Presses "Sync now" and waits until the console has taken it on: a page that is left before sends nothing. */
export async function askForSync(page: Page): Promise<void> {
  const taken = page.waitForResponse(
    (answer) => answer.url().endsWith("/sync") && answer.request().method() === "POST",
  );
  await page.getByRole("button", { name: "Sync now" }).click();
  await taken;
}

/** Waits for a change that the page sends to the console's API, and answers with its status. */
export async function changeSent(page: Page, path: string, press: () => Promise<void>): Promise<number> {
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith(path) && response.request().method() === "POST"),
    press(),
  ]);
  return answer.status();
}

export const createPath = (key: string) => api.serviceAccounts(key);
