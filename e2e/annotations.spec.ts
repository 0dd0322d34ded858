import type { Page } from "@playwright/test";
import { annotationSchema } from "@/lib/domain/annotation";
import { accountDetailSchema } from "@/lib/domain/inventory-view";
import { encodeDays, epochDay } from "@/lib/domain/usage-history";
import { api, pages } from "@/lib/paths/paths";
import { createButton, nameField, openCreateForm, takeSecret } from "./create-screen";
import { changeDatabase } from "./database-of";
import { expect, test } from "./fixtures";
import { newAccounts } from "./new-accounts";
import { change } from "./request-as";
import { accountTable, factOf, openAccountList, rangeOf, recordOf, rowsOf } from "./screens";

test.beforeAll(({ resetStack }) => resetStack());
test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const card = (page: Page) => page.getByRole("region", { name: "Whose it is" });
const field = (page: Page, name: string) => page.getByRole("dialog").getByRole("textbox", { name, exact: true });

test("Managers record whose an account is; what somebody else wrote meanwhile is not written over", async ({
  page,
  organization: { key },
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "manager");
  const [account] = await newAccounts(await apiAs("manager"), key, ["noted-one"]);
  await page.goto(pages.serviceAccount(key, account!.id));
  await card(page).getByRole("button", { name: "Annotate" }).click();
  await field(page, "Owner").fill("Data platform");
  await page.getByRole("radio", { name: "A team" }).click();
  await field(page, "Contact").fill("not an address");
  await field(page, "Ticket").fill("https://tickets.example.com/OPS-7");
  await field(page, "Tags").fill("Vendor:acme, prod");
  await field(page, "Lead time in days").fill("30");
  const save = page.getByRole("button", { name: "Save" });
  await save.click();
  await expect(field(page, "Contact")).toHaveAccessibleDescription(/Not an e-mail address/);
  await field(page, "Contact").fill("data@example.com");
  await save.click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(factOf(card(page), "Owner")).toContainText("Data platform");
  await expect(factOf(card(page), "Tags")).toHaveText(/prod\s*vendor:acme/);
  const ticket = card(page).getByRole("link", { name: "tickets.example.com/OPS-7" });
  await expect(ticket).toHaveAttribute("href", "https://tickets.example.com/OPS-7");
  await expect(factOf(page, "Start rotation by")).toContainText("− 30 days lead time − 7 days overlap");

  await card(page).getByRole("button", { name: "Annotate" }).click();
  const administrator = await apiAs("administrator");
  const read = async () =>
    accountDetailSchema.parse(await (await administrator.get(api.serviceAccount(key, account!.id))).json());
  const { annotation } = await read();
  const other = { annotation: annotationSchema.parse({ ...annotation, owner: "Finance" }), seen: annotation.updatedAt };
  expect((await administrator.post(api.annotation(key, account!.id), change(other))).ok()).toBe(true);
  await field(page, "Purpose").fill("Lost unless seen");
  await save.click();
  await expect(page.getByRole("alert").filter({ hasText: "Somebody else has changed this meanwhile." })).toBeVisible();
  expect((await read()).annotation).toMatchObject({ owner: "Finance", purpose: null });
  await page.getByRole("button", { name: "Show what it says now" }).click();
  await expect(field(page, "Owner")).toHaveValue("Finance");
  await field(page, "Purpose").fill("Nightly export");
  await save.click();
  await expect(factOf(card(page), "Purpose")).toHaveText("Nightly export");
  expect(await recordOf(page, key, "noted-one")).toEqual(
    expect.arrayContaining(["Annotate service account: Succeeded"]),
  );

  await signInAs(page, "viewer");
  await page.goto(pages.serviceAccount(key, account!.id));
  await expect(factOf(card(page), "Owner")).toContainText("Finance");
  await expect(card(page).getByRole("button", { name: "Annotate" })).toHaveCount(0);
});

test("Managers annotate many at once, find them by owner, and take the file out and in again", async ({
  page,
  organization: { key },
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "manager");
  const operator = await apiAs("manager");
  await newAccounts(operator, key, ["bulk-one", "bulk-two", "bulk-three"]);
  await openAccountList(page, key, "search=bulk-");
  await page.getByRole("checkbox", { name: "Select all on this page" }).click();
  await page
    .getByRole("region", { name: "Selected service accounts" })
    .getByRole("button", { name: "Annotate" })
    .click();
  await page.getByRole("checkbox", { name: "Set owner" }).click();
  await field(page, "Owner").fill("Growth, EMEA");
  await field(page, "Add tags").fill("q4-push");
  await page.getByRole("button", { name: "Annotate 3 service accounts" }).click();
  await expect(page.getByText("3 service accounts annotated.")).toBeVisible();

  await openAccountList(page, key);
  await page.getByRole("combobox", { name: "Owner" }).click();
  await page.getByRole("option", { name: "Growth, EMEA" }).click();
  await expect(rangeOf(page)).toHaveText("1–3 of 3");
  for (const row of await rowsOf(accountTable(page)).all()) await expect(row).toContainText("Growth, EMEA");
  await openAccountList(page, key, "search=q4-push");
  await expect(rangeOf(page)).toHaveText("1–3 of 3");

  const file = await (await operator.get(`${api.annotationsExport(key)}?search=bulk-&sort=name`)).text();
  const [head, one, ...rest] = file.trimEnd().split("\r\n");
  const changed = one?.replace("Growth, EMEA", "'=Finance");
  expect(changed).not.toBe(one);
  const pasted = [head, changed, ...rest, one?.replace(/^"[^"]*","\d+"/, '"nobody.000000.mp-service-account",""')].join(
    "\n",
  );
  await page.getByRole("button", { name: "Annotations" }).click();
  await page.getByRole("menuitem", { name: "Import annotations" }).click();
  await page.getByRole("textbox", { name: "Or paste it" }).fill(pasted);
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByRole("dialog").getByRole("status")).toHaveText("Will change: 1, Unchanged: 2, Unknown: 1");
  await expect(page.getByRole("table", { name: "Lines" })).toContainText("nobody.000000.mp-service-account");
  await page.getByRole("button", { name: "Annotate 1 service account" }).click();
  await expect(page.getByRole("dialog").getByRole("status")).toHaveText("Changed: 1, Unchanged: 2, Unknown: 1");
  await page.getByRole("button", { name: "Close" }).last().click();
  await openAccountList(page, key, "search=bulk-&owner==Finance");
  await expect(rangeOf(page)).toHaveText("1–1 of 1");
});

test("A new account has an owner from birth, and its page tells its rhythm and when a rotation has to start", async ({
  page,
  stack,
  organization: { key },
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "manager");
  await openCreateForm(page, key);
  await nameField(page).fill("born-with-owner");
  const owner = page.getByRole("textbox", { name: "Owner" });
  const operator = await owner.inputValue();
  expect(operator).not.toBe("");
  await page.getByText("More: contact, ticket, tags").click();
  await page.getByRole("textbox", { name: "Tags" }).fill("Weekly");
  await page.getByRole("radio", { name: "30 days" }).click();
  await createButton(page).click();
  await takeSecret(page, "born-with-owner");
  await expect(factOf(card(page), "Owner")).toContainText(operator);
  await expect(factOf(card(page), "Tags")).toHaveText("weekly");

  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const today = epochDay(new Date());
  const days = [today - 60, today - 53, today - 46];
  changeDatabase(
    stack,
    "insert into usage_histories (organization_key, account_id, since_day, last_day, days) values (?, ?, ?, ?, ?)",
    ...[key, id, String(days[0]), String(days[2]), encodeDays(days)],
  );
  expect((await (await apiAs("manager")).post(api.sync(key), change({}))).ok()).toBe(true);
  await expect(async () => {
    await openAccountList(page, key, "usage=silent");
    await expect(rowsOf(accountTable(page)).getByRole("link")).toHaveText("born-with-owner", { timeout: 1_000 });
  }).toPass();
  await expect(
    page.getByRole("img", { name: /used about every 7 days; silent beyond its rhythm since/ }),
  ).toBeVisible();
  await page.getByRole("link", { name: "born-with-owner" }).click();
  await expect(page.getByText(/^Used about every 7 days; silent beyond its rhythm since/)).toBeVisible();

  await page.goto(pages.overview(key));
  await page.getByText(/rotations? should start this week/).waitFor();
  await page.getByRole("link", { name: /^Show (it|them)$/ }).click();
  await expect(accountTable(page)).toContainText("Start now");
  await expect(page.getByRole("button", { name: "Rotation: Start within 7 days" })).toBeVisible();
});
