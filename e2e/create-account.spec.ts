import type { Page } from "@playwright/test";
import { formatAbsoluteTime } from "@/components/ui/format-relative-time";
import { operationsAnswerSchema } from "@/lib/domain/change";
import { expiryAfterDays } from "@/lib/domain/expiry-preset";
import { api, pages } from "@/lib/paths/paths";
import { createButton, nameField, openCreateForm, secretDialog, takeSecret } from "./create-screen";
import { endSecrets } from "./database-of";
import { expect, test } from "./fixtures";
import { change } from "./request-as";
import { accountTable, askForSync, chooseProjects, factOf, nameOf, openAccountList, recordOf, rowsOf } from "./screens";
import { askUpstream, upstreamOf } from "./upstream";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });
test.beforeAll(({ resetStack }) => resetStack());

const preview = (page: Page) => page.getByRole("region", { name: "What will happen" });
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
const secretIn = (page: Page) => page.locator("code[data-secret]").innerText();

test("Managers start from the least privilege and read what will happen before it does", async ({
  page,
  organization,
  signInAs,
}) => {
  await signInAs(page, "manager");
  const [project] = await upstreamOf(organization).projects();
  await openAccountList(page, organization.key);
  await page.getByRole("link", { name: "Create service account" }).click();
  await expect(page.getByRole("radio", { name: "consumer" })).toBeChecked();
  await expect(page.getByRole("radio", { name: "90 days" })).toBeChecked();
  await expect(page.getByRole("list", { name: "Chosen projects" })).toBeHidden();
  await expect(page.getByRole("radio", { name: "analyst" })).toBeVisible();
  await expect(page.getByRole("radio", { name: /owner|admin/ })).toHaveCount(0);
  await expect(preview(page)).toContainText("NAME.xxxxxx.mp-service-account with the organization role consumer.");
  await expect(preview(page)).toContainText("It is in no project yet and can read no data.");
  const inNinety = formatAbsoluteTime(expiryAfterDays(90, new Date()));
  await expect(preview(page)).toContainText(`It stops working ${inNinety}.`);
  await expect(page.getByText(`Expires ${inNinety}.`)).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Why never" })).toBeHidden();

  await nameField(page).fill("preview-prod");
  await page.getByRole("radio", { name: "analyst" }).click();
  await page.getByRole("radio", { name: "30 days" }).click();
  await chooseProjects(page.getByRole("main"), [{ name: project!.name }]);
  await expect(page.getByRole("combobox", { name: `Role in ${project!.name}` })).toContainText("consumer");
  await expect(preview(page)).toContainText(
    "preview-prod.xxxxxx.mp-service-account with the organization role analyst.",
  );
  await expect(preview(page)).toContainText("It becomes a member of 1 project.");
  await expect(preview(page)).toContainText(`stops working ${formatAbsoluteTime(expiryAfterDays(30, new Date()))}`);
  await page.getByRole("radio", { name: "Never" }).click();
  await expect(preview(page)).toContainText("It never expires.");
  await expect(page.getByRole("textbox", { name: "Why never" })).toBeVisible();
});

test("Administrators may grant every role and are warned of powerful ones", async ({
  page,
  organization,
  signInAs,
}) => {
  await signInAs(page, "administrator");
  await openCreateForm(page, organization.key);
  await expect(page.getByRole("radio", { name: "consumer" })).toBeChecked();
  await page.getByRole("radio", { name: "owner" }).click();
  await expect(page.getByText("This is a powerful role.")).toBeVisible();
});

test("A name against the convention, a date in the past and a missing reason are said at their fields", async ({
  page,
  stack,
  organization,
  signInAs,
}) => {
  await signInAs(page, "manager");
  const before = await stack.simulator.ledger();
  await openCreateForm(page, organization.key);
  await createButton(page).click();
  await expect(nameField(page)).toHaveAccessibleDescription(/Give it a name, for example/);
  await expect(nameField(page)).toBeFocused();

  await nameField(page).fill("a".repeat(300));
  await createButton(page).click();
  await expect(nameField(page)).toHaveAccessibleDescription(/At most 64 characters/);
  await nameField(page).fill("<img src=x onerror=alert(1)>");
  await expect(nameField(page)).toHaveAccessibleDescription(/Letters, digits, dot, hyphen and underscore only/);
  await expect(preview(page)).toContainText("<img src=x onerror=alert(1)>.xxxxxx");
  await nameField(page).fill("good-name");
  await expect(nameField(page)).not.toHaveAccessibleDescription(/only|At most|Give it/);

  await page.getByRole("radio", { name: "A date" }).click();
  const date = page.getByLabel("Last day, in UTC");
  await date.fill("2020-01-31");
  await createButton(page).click();
  await expect(date).toHaveAccessibleDescription(/This date is in the past/);
  await page.getByRole("radio", { name: "Never" }).click();
  await createButton(page).click();
  await expect(page.getByRole("textbox", { name: "Why never" })).toHaveAccessibleDescription(/Say why/);
  expect(await stack.simulator.ledger()).toEqual(before);
});

test("Managers create an account once, however often they press, and hold its secret in their hands alone", async ({
  page,
  stack,
  organization,
  signInAs,
}) => {
  await signInAs(page, "manager");
  const upstream = upstreamOf(organization);
  const [, project] = await upstream.projects();
  const name = "warehouse-export-prod";
  await openCreateForm(page, organization.key);
  await nameField(page).fill(name);
  await page.getByRole("textbox", { name: "Purpose" }).fill("Nightly export, <b>finance</b> waits for it");
  await chooseProjects(page.getByRole("main"), [{ name: project!.name, role: "analyst" }]);
  await page.getByRole("radio", { name: "30 days" }).click();
  await nameField(page).focus();
  await Promise.all(Array.from({ length: 5 }, () => page.keyboard.press("Enter")));

  const dialog = secretDialog(page, name);
  await expect(dialog).toBeVisible();
  const secret = await secretIn(page);
  expect(secret).toMatch(/^[A-Za-z0-9]{32}$/);
  const account = (await upstream.accounts()).find((each) => nameOf(each) === name)!;
  await expect(dialog).toContainText(account.username);
  await page.keyboard.press("Escape");
  await page.mouse.click(5, 450);
  await expect(dialog).toBeVisible();
  for (const [title, line] of [
    ["curl", `--user '${account.username}:${secret}'`],
    ["Python", `auth=("${account.username}", "${secret}")`],
    [".env", `MIXPANEL_PROJECT_ID=${project!.id}`],
    ["GitHub Actions", `--body '${secret}'`],
  ] as const) {
    await dialog.getByRole("tab", { name: title }).click();
    await expect(dialog.getByRole("tabpanel")).toContainText(line);
  }
  await dialog.getByRole("button", { name: "Try it" }).click();
  await expect(dialog.getByRole("status").filter({ hasText: "It works" })).toContainText("1 project");
  await dialog.getByRole("button", { name: "Close", exact: true }).click();
  const asking = page.getByRole("alertdialog", { name: "Close without copying?" });
  await asking.getByRole("button", { name: "Back to the secret" }).click();
  await expect(asking).toBeHidden();

  await dialog.getByRole("button", { name: "Copy and close" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(dialog).toBeHidden();
  expect(await clipboard(page)).toBe(secret);
  const left = await page.evaluate(() =>
    JSON.stringify([
      document.documentElement.outerHTML,
      location.href,
      { ...localStorage },
      { ...sessionStorage },
      history.state,
      document.cookie,
    ]),
  );
  expect(left).toContain(account.username);
  expect(left).not.toContain(secret);

  const created = (await stack.simulator.ledger()).filter(({ body }) => JSON.stringify(body).includes(name));
  expect(created.map(({ method, body }) => ({ method, body }))).toEqual([
    {
      method: "POST",
      body: {
        username: name,
        role: "consumer",
        expires: expect.stringContaining(expiryAfterDays(30, new Date()).slice(0, 10)),
        projects: [{ id: project!.id, role: "analyst" }],
      },
    },
  ]);
  const me = await askUpstream(organization.url, { username: account.username, secret }, { path: "/me" });
  expect(me.status).toBe(200);

  await expect(factOf(page, "Purpose")).toHaveText("Nightly export, <b>finance</b> waits for it");
  await expect(rowsOf(page.getByRole("table", { name: "Projects of this service account" }))).toContainText([
    project!.name,
  ]);
  const events = page.getByRole("table", { name: "Audit events of this service account" });
  const own = rowsOf(events).filter({ hasText: name });
  await expect(own.filter({ hasText: "Create service account" })).toHaveCount(2);
  await expect(page.getByText("was not confirmed as copied")).toBeHidden();

  await openAccountList(page, organization.key, `search=${name}`);
  await expect(rowsOf(accountTable(page))).toHaveCount(1);
  await expect(rowsOf(accountTable(page))).toContainText("in 30 days");
  expect(await recordOf(page, organization.key, name)).toEqual([
    "Confirm secret: Succeeded",
    "Try secret: Succeeded",
    "Try secret: Intended",
    "Create service account: Succeeded",
    "Create service account: Intended",
  ]);
  await expect(page.getByText(secret)).toHaveCount(0);
});

test("What was typed outlives a reload; leaving the form by Cancel forgets it", async ({
  page,
  organization,
  signInAs,
}) => {
  await signInAs(page, "manager");
  const [project] = await upstreamOf(organization).projects();
  await openCreateForm(page, organization.key);
  await nameField(page).fill("half-typed-name");
  await page.getByRole("textbox", { name: "Purpose" }).fill("Somebody called");
  await page.getByRole("radio", { name: "180 days" }).click();
  await chooseProjects(page.getByRole("main"), [{ name: project!.name, role: "analyst" }]);
  await page.reload();
  await expect(nameField(page)).toHaveValue("half-typed-name");
  await expect(page.getByRole("textbox", { name: "Purpose" })).toHaveValue("Somebody called");
  await expect(page.getByRole("radio", { name: "180 days" })).toBeChecked();
  await expect(page.getByRole("combobox", { name: `Role in ${project!.name}` })).toContainText("analyst");

  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(accountTable(page)).toBeVisible();
  await openCreateForm(page, organization.key);
  await expect(nameField(page)).toHaveValue("");
});

test("A secret closed without copying can be opened again by its creator alone, and not for long", async ({
  page,
  browser,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "manager");
  const name = "closed-too-early";
  await openCreateForm(page, organization.key);
  await nameField(page).fill(name);
  await createButton(page).dblclick();
  const dialog = secretDialog(page, name);
  await expect(dialog).toBeVisible();
  const secret = await secretIn(page);
  await dialog.getByRole("button", { name: "Close", exact: true }).click();
  await page.getByRole("button", { name: "Close without copying" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  const notice = page.getByText("The secret of this service account was not confirmed as copied.");
  await expect(notice).toBeVisible();

  const other = await browser.newPage();
  await signInAs(other, "administrator");
  await other.goto(page.url());
  await expect(other.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(other.getByRole("region", { name: "Audit events", exact: true })).toContainText(
    "Create service account",
  );
  await expect(other.getByRole("button", { name: "Open it again" })).toBeHidden();
  await other.context().close();

  await page.getByRole("button", { name: "Open it again" }).click();
  await expect(dialog).toBeVisible();
  expect(await secretIn(page)).toBe(secret);
  await dialog.getByRole("button", { name: "Close", exact: true }).click();
  await page.getByRole("button", { name: "Close without copying" }).click();
  await expect(dialog).toBeHidden();

  endSecrets(stack);
  const manager = await apiAs("manager");
  const list = operationsAnswerSchema.parse(await (await manager.get(api.operations(organization.key))).json());
  const operation = list.operations.find(({ accountName }) => accountName === name)!;
  expect(operation).toMatchObject({ secretUntil: null, nextStep: "none" });
  const late = await manager.post(api.secret(organization.key, operation.id), change({}));
  expect(late.status()).toBe(410);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(rowsOf(page.getByRole("table", { name: "Audit events of this service account" }))).not.toHaveCount(0);
  await expect(notice).toBeHidden();
  const made = (await stack.simulator.ledger()).filter(({ body }) => JSON.stringify(body).includes(name));
  expect(made).toHaveLength(1);
});

test("Managers create a replacement with the same individual grants and a dated name", async ({
  page,
  stack,
  organization,
  signInAs,
}) => {
  await signInAs(page, "manager");
  const upstream = upstreamOf(organization);
  const projects = await upstream.projects();
  const [one, two, three] = projects;
  const predecessor = await upstream.create({
    username: "ci-lexicon-2024-03",
    projects: [
      { id: one!.id, role: "analyst" },
      { id: two!.id, role: "consumer" },
      { id: three!.id, role: "admin" },
    ],
  });
  await upstream.assign(predecessor.id, three!.id, "analyst");
  await page.goto(pages.overview(organization.key));
  await askForSync(page);
  await openAccountList(page, organization.key, "search=ci-lexicon-2024-03");
  await rowsOf(accountTable(page)).getByRole("link").click();
  await page.getByRole("link", { name: "Create a copy" }).click();

  const name = `ci-lexicon-${new Date().toISOString().slice(0, 7)}`;
  await expect(nameField(page)).toHaveValue(name);
  await expect(page.getByText("Filled in from ci-lexicon-2024-03.")).toBeVisible();
  const chosen = page.getByRole("list", { name: "Chosen projects" }).getByRole("listitem");
  await expect(chosen).toHaveCount(3);
  await expect(page.getByRole("combobox", { name: `Role in ${two!.name}` })).toContainText("consumer");
  await createButton(page).click();
  await takeSecret(page, name);
  const [created] = (await stack.simulator.ledger()).slice(-1);
  expect(created?.body).toMatchObject({ username: name, role: "consumer" });
  expect(created?.body).toHaveProperty(
    "projects",
    expect.arrayContaining([
      { id: one!.id, role: "analyst" },
      { id: two!.id, role: "consumer" },
      { id: three!.id, role: "analyst" },
    ]),
  );
  await expect(rowsOf(page.getByRole("table", { name: "Projects of this service account" }))).toHaveCount(3);
  expect((await upstream.accounts()).some(({ id }) => id === predecessor.id)).toBe(true);
});
