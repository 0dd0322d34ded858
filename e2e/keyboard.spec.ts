import type { Locator, Page } from "@playwright/test";
import { pages } from "@/lib/paths/paths";
import { nameField, secretDialog } from "./create-screen";
import { expect, test } from "./fixtures";
import { newAccounts } from "./new-accounts";
import { accountTable, factOf, nameOf, rowsOf } from "./screens";
import { upstreamOf } from "./upstream";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });
test.beforeAll(({ resetStack }) => resetStack());

/** Goes on with Tab until the element has the focus; a person would do no more than this. */
async function tabTo(page: Page, target: Locator, limit = 40): Promise<void> {
  await expect(target).toBeVisible();
  for (let stop = 0; stop < limit; stop++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(target, `not reached with ${limit} presses of Tab`).toBeFocused();
}

test("An account is created, in a project and with its secret copied, without a mouse", async ({
  page,
  stack,
  organization,
  signInAs,
}) => {
  await signInAs(page, "manager");
  const [, project] = await upstreamOf(organization).projects();
  const name = "typed-not-clicked";
  await page.goto(pages.overview(organization.key));
  await expect(page.getByRole("region", { name: "Expiry timeline" })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
  await page.keyboard.type("create");
  const chosen = page.getByRole("option", { name: "Create a service account" });
  await expect(chosen).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");

  await tabTo(page, nameField(page));
  await page.keyboard.type(name);
  await tabTo(page, page.getByRole("textbox", { name: "Purpose" }));
  await page.keyboard.type("Made by somebody who does not use a mouse");
  await tabTo(page, page.getByRole("radio", { name: "consumer" }));
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("radio", { name: "analyst" })).toBeChecked();

  // Typed at once, before the popup's own field is there: no letter is lost.
  await tabTo(page, page.getByRole("combobox", { name: "Projects", exact: true }));
  await page.keyboard.type(project!.name);
  await expect(page.getByRole("combobox", { name: "Type to find" })).toBeFocused();
  await expect(page.getByRole("combobox", { name: "Type to find" })).toHaveValue(project!.name);
  await expect(page.getByRole("option", { name: project!.name }).first()).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("combobox", { name: "Projects", exact: true })).toBeFocused();
  const role = page.getByRole("combobox", { name: `Role in ${project!.name}` });
  await tabTo(page, role);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("listbox")).toBeVisible();
  await page.keyboard.press("a");
  await expect(page.getByRole("option", { name: "analyst" })).toHaveAttribute("data-highlighted", "");
  await page.keyboard.press("Enter");
  await expect(role).toContainText("analyst");

  await tabTo(page, page.getByRole("radio", { name: "90 days" }));
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("radio", { name: "30 days" })).toBeChecked();
  await tabTo(page, page.getByRole("button", { name: "Create service account" }));
  await page.keyboard.press("Enter");

  const dialog = secretDialog(page, name);
  await expect(dialog.getByRole("button", { name: "Copy and close" })).toBeFocused();
  const secret = await page.locator("code[data-secret]").innerText();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeVisible();
  await tabTo(page, dialog.getByRole("tab", { name: "curl" }));
  await page.keyboard.press("ArrowRight");
  await expect(dialog.getByRole("tab", { name: "Python" })).toBeFocused();
  await tabTo(page, dialog.getByRole("button", { name: "Copy and close" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(dialog).toBeHidden();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
  await expect(factOf(page, "Purpose")).toHaveText("Made by somebody who does not use a mouse");
  const made = (await stack.simulator.ledger()).filter(({ body }) => JSON.stringify(body).includes(name));
  expect(made.map(({ body }) => body)).toMatchObject([
    { role: "analyst", projects: [{ id: project!.id, role: "analyst" }] },
  ]);
});

test("The list is searched, walked through, sorted, selected from and opened by keys", async ({
  page,
  organization,
  signInAs,
}) => {
  await signInAs(page, "manager");
  await page.goto(pages.serviceAccounts(organization.key, "sort=name"));
  const rows = rowsOf(accountTable(page));
  await expect(rows.first()).toBeVisible();
  const search = page.getByRole("searchbox", { name: "Search service accounts" });
  await page.keyboard.press("/");
  await expect(search).toBeFocused();
  await page.keyboard.type("zzz-no-such");
  await expect(page.getByText('No service accounts match "zzz-no-such"')).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(search).toHaveValue("");
  await expect(rows.first()).toBeVisible();

  const named = (await upstreamOf(organization).accounts()).map(nameOf);
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
  await tabTo(page, rows.first().getByRole("link"));
  const first = await focused();
  expect(named).toContain(first);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(rows.nth(2).getByRole("link")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(rows.nth(1).getByRole("link")).toBeFocused();
  await page.keyboard.press("End");
  await expect(page.locator('[data-row-index="49"] [data-row-link]')).toBeFocused();
  const last = await focused();
  expect(last).not.toBe(first);
  await page.keyboard.press("Home");
  await expect(page.locator('[data-row-index="0"] [data-row-link]')).toBeFocused();
  expect(await focused()).toBe(first);

  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Space");
  await expect(page.getByRole("region", { name: "Selected service accounts" })).toContainText("1 selected");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(first);
});

test("An account is assigned, taken out again and deleted without a mouse, and the focus is never lost", async ({
  page,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "manager");
  const [project] = await upstreamOf(organization).projects();
  const [account] = await newAccounts(await apiAs("manager"), organization.key, ["moved-by-keys"]);
  await page.goto(pages.serviceAccount(organization.key, account!.id));
  const dialog = page.getByRole("dialog").last();
  const press = async (name: string) => {
    await tabTo(page, page.getByRole("button", { name, exact: true }).last());
    await page.keyboard.press("Enter");
  };
  await press("Assign to projects");
  await tabTo(page, dialog.getByRole("combobox", { name: "Projects", exact: true }));
  await page.keyboard.type(project!.name);
  await expect(page.getByRole("option", { name: project!.name }).first()).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await press("Assign to 1 project");
  await expect(dialog).toContainText("1 done");
  await press("Close");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Assign to projects" })).toBeFocused();

  const access = page.getByRole("table", { name: "Projects of this service account" });
  await expect(access).toContainText(project!.name);
  await tabTo(page, access.getByRole("button", { name: "Remove" }));
  await page.keyboard.press("Enter");
  await press("Remove 1 membership");
  await expect(dialog).toContainText("1 done");
  await press("Close");
  await expect(access).toBeHidden();

  await press("Delete");
  await press("Delete 1 service account");
  await expect(dialog).toContainText("1 done");
  await press("Close");
  await expect(page.getByRole("heading", { name: "Service accounts", level: 1 })).toBeVisible();
  const sent = (await stack.simulator.ledger()).filter((entry) => JSON.stringify(entry).includes(String(account!.id)));
  expect(sent.map(({ method }) => method)).toEqual(["POST", "POST", "POST", "DELETE"]);
});

test("Help opens with ?, dialogs give the focus back, and the content is one press away", async ({
  page,
  organization,
  signInAs,
}) => {
  await signInAs(page, "manager");
  await page.goto(pages.overview(organization.key));
  await expect(page.getByRole("region", { name: "Expiry timeline" })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#main")).toBeFocused();

  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(help).toContainText("Move between rows of a list");
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();

  const menu = page.getByRole("button", { name: "Help" });
  await menu.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(menu).toBeFocused();

  const trigger = page.getByRole("button", { name: "Search or jump to…" });
  await trigger.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Search or jump to" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(trigger).toBeFocused();
});
