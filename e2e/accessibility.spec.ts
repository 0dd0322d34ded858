import { issuedAnswerSchema } from "@/lib/domain/rotation-view";
import { api, pages } from "@/lib/paths/paths";
import { openDialogs as dialogs, expectAccessible, expectAccessibleScreen } from "./axe";
import { consoleScreens, openScreen, screenNames } from "./console-screens";
import { createButton, nameField, openCreateForm, secretDialog } from "./create-screen";
import { expect, test } from "./fixtures";
import { newAccounts } from "./new-accounts";
import { change } from "./request-as";
import { accountTable, openAccountList, rowsOf } from "./screens";

test.beforeAll(({ resetStack }) => resetStack());
test.afterEach(({ stack }) => stack.simulator.clearFaults());
test.use({ stackOptions: { organizations: 3, accounts: 24, projects: 6 } });
test.use({ contextOptions: { reducedMotion: "reduce" } });

for (const name of screenNames) {
  test(`axe finds nothing on the screen ${name}, light and dark, and it has one heading`, async ({
    page,
    organization,
    signInAs,
  }) => {
    await signInAs(page, "administrator");
    const screen = (await consoleScreens(organization)).find((one) => one.name === name);
    await openScreen(page, screen!);
    await expectAccessibleScreen(page, name);
  });
}

test("axe finds nothing on an unfinished change and on a rotation", async ({
  page,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "administrator");
  const operator = await apiAs("administrator");
  const path = `/organizations/${organization.organizationId}/service-accounts`;
  await stack.simulator.fault({ method: "POST", path, times: 1, fault: { kind: "reset-after-commit" } });
  await newAccounts(operator, organization.key, ["unfinished-one"]).catch(() => undefined);
  await page.goto(pages.unfinished(organization.key));
  await expect(page.getByRole("region", { name: "Unfinished changes" })).toContainText("unfinished-one");
  await expectAccessibleScreen(page, "unfinished");
  const [account] = await newAccounts(operator, organization.key, ["rotates"]);
  const started = await operator.post(api.rotations(organization.key), change({ accountId: account!.id }));
  const { rotation } = issuedAnswerSchema.parse(await started.json());
  await page.goto(pages.rotation(organization.key, rotation.id));
  await expect(page.getByRole("region", { name: "Timeline" })).toBeVisible();
  await expectAccessibleScreen(page, "rotation");
});

test("axe finds nothing before the console and where nothing is: sign-in, no role, not found, no match", async ({
  page,
  stack,
  organization,
  signInAs,
}) => {
  test.setTimeout(180_000);
  await page.goto(pages.signIn);
  await expectAccessibleScreen(page, "sign-in");
  await page.goto(pages.noRole);
  await expectAccessibleScreen(page, "no role");
  await signInAs(page, "viewer");
  await page.goto("/organizations/none-of-ours");
  await expect(page.getByText("This page does not exist")).toBeVisible();
  await expectAccessibleScreen(page, "not found");
  await page.goto(pages.serviceAccount(organization.key, 1));
  await expect(page.getByText("This service account does not exist")).toBeVisible();
  await expectAccessibleScreen(page, "no such account");
  await page.goto(pages.serviceAccounts(organization.key, "search=nothing-of-the-kind"));
  await expect(page.getByText("No service accounts match")).toBeVisible();
  await expectAccessibleScreen(page, "no match");
  await page.goto(pages.createServiceAccount(organization.key));
  await expect(page.getByText("Your role does not allow this")).toBeVisible();
  await expectAccessibleScreen(page, "not allowed");
  const empty = stack.organizations[2]!.key;
  await page.goto(pages.serviceAccounts(empty));
  await expect(page.getByText("No service accounts yet")).toBeVisible();
  await expectAccessibleScreen(page, "an empty organization");
  await page.goto(pages.access(empty));
  await expect(page.getByText("Nobody reaches anything yet")).toBeVisible();
  await expectAccessibleScreen(page, "an empty matrix");
});

test("axe finds nothing in the dialogs that change something", async ({ page, organization, signInAs, apiAs }) => {
  test.setTimeout(180_000);
  await signInAs(page, "administrator");
  const [account] = await newAccounts(await apiAs("administrator"), organization.key, ["axe-dialogs"]);
  const dialog = page.getByRole("dialog");
  await page.goto(pages.serviceAccount(organization.key, account!.id));
  await page.getByRole("button", { name: "Assign to projects" }).click();
  await dialog.getByRole("combobox", { name: "Projects", exact: true }).click();
  await page.getByRole("option").first().click();
  await expectAccessible(page, "assign, choosing", dialogs);
  await page.keyboard.press("Escape");
  await dialog.getByRole("button", { name: "Assign to 1 project" }).click();
  await expect(dialog).toContainText("1 done");
  await expectAccessible(page, "results", dialogs);
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(dialog).toBeHidden();
  await page.getByRole("region", { name: "Access" }).getByRole("button", { name: "Remove" }).click();
  await expect(dialog).toContainText("1 membership will be removed.");
  await expectAccessible(page, "remove", dialogs);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(dialog).toContainText("Never used.");
  await expectAccessible(page, "delete", dialogs);
});

test("axe finds nothing in the create form, what is wrong with it, and the secret", async ({
  page,
  stack,
  organization,
  signInAs,
}) => {
  test.setTimeout(180_000);
  await signInAs(page, "administrator");
  await openCreateForm(page, organization.key);
  await nameField(page).fill("not allowed <");
  await createButton(page).click();
  await expect(nameField(page)).toHaveAccessibleDescription(/only/);
  await page.getByRole("radio", { name: "Never" }).click();
  await page.getByRole("radio", { name: /^owner/ }).click();
  await expectAccessible(page, "create, with what is wrong");
  await nameField(page).fill("axe-secret");
  await page.getByRole("textbox", { name: "Why never" }).fill("To be looked at");
  await page.getByRole("radio", { name: "consumer" }).click();
  const path = `/organizations/${organization.organizationId}/service-accounts`;
  await stack.simulator.fault({ method: "POST", path, times: 1, fault: { kind: "status", status: 401 } });
  await createButton(page).click();
  await expect(page.getByRole("alert").filter({ hasText: "No service account was created." })).toBeVisible();
  await expectAccessible(page, "create, refused");
  await createButton(page).click();
  await expect(secretDialog(page, "axe-secret")).toBeVisible();
  await expectAccessible(page, "secret", dialogs);
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await expectAccessible(page, "closing without copying", dialogs);
});

test("axe finds nothing in what opens above a page", async ({ page, stack, organization, signInAs }) => {
  test.setTimeout(180_000);
  await signInAs(page, "administrator");
  await stack.simulator.fault({ method: "GET", path: "/me", fault: { kind: "status", status: 403 } });
  await openAccountList(page, organization.key);
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(page.getByText("Showing data from")).toBeVisible();
  await rowsOf(accountTable(page)).nth(4).getByRole("checkbox").click();
  await expect(page.getByRole("region", { name: "Selected service accounts" })).toBeVisible();
  await expectAccessible(page, "a selection and a failed sync");
  await page.getByRole("button", { name: "Expiry", exact: true }).click();
  await expect(page.getByRole("menu")).toBeVisible();
  await expectAccessible(page, "filter", "[role=menu]");
  await page.keyboard.press("Escape");
  for (const [name, open] of [
    ["Help", "Help"],
    ["theme", "Colour theme"],
    ["operator", /^Signed in as/],
    ["organization", /^Organization:/],
  ] as const) {
    await page.getByRole("button", { name: open }).click();
    await expect(page.getByRole("menu")).toBeVisible();
    await expectAccessible(page, `menu: ${name}`, "[role=menu]");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("menu")).toBeHidden();
  }
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await expectAccessible(page, "keyboard shortcuts", dialogs);
  await page.keyboard.press("Escape");
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("create");
  await expect(page.getByRole("option", { name: "Create a service account" })).toBeVisible();
  await expectAccessible(page, "command palette", dialogs);
});

test("Whatever the keyboard reaches is seen to be reached", async ({ page, organization, signInAs }) => {
  await signInAs(page, "manager");
  await openAccountList(page, organization.key);
  const seen = new Set<string>();
  for (let stop = 0; stop < 40; stop++) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const shows = (each: Element | null): boolean => {
        if (!each) return false;
        const { outlineStyle, outlineWidth } = getComputedStyle(each);
        return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
      };
      const box = element.getBoundingClientRect();
      const name = element.getAttribute("aria-label") ?? element.textContent ?? "";
      return {
        name,
        outlined: shows(element) || shows(element.closest("label")),
        wide: box.width > 0 && box.height > 0,
      };
    });
    if (!focused) continue;
    expect.soft(focused, `stop ${stop}`).toMatchObject({ outlined: true, wide: true });
    seen.add(focused.name);
  }
  expect(seen.size).toBeGreaterThan(25);
});

test("Nothing moves for those whose system asks for it", async ({ page, organization, signInAs }) => {
  await signInAs(page, "viewer");
  await openAccountList(page, organization.key);
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(dialog).toBeVisible();
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll("*")].flatMap((element) => {
      const { transitionDuration, animationDuration } = getComputedStyle(element);
      const longest = Math.max(...`${transitionDuration},${animationDuration}`.split(",").map(Number.parseFloat));
      return longest > 0.001 ? [element.className.toString()] : [];
    }),
  );
  expect(moving).toEqual([]);
});
