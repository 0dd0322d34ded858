import type { Page } from "@playwright/test";
import { pages } from "@/lib/paths/paths";
import { createButton, createKeys, nameField, openCreateForm, takeSecret } from "./create-screen";
import { changeDatabase } from "./database-of";
import { expect, test } from "./fixtures";
import { expectPromises } from "./promises";
import { chooseProjects, factOf, nameOf } from "./screens";
import type { Fault } from "./simulator-control";
import { type UpstreamOrganization, upstreamOf } from "./upstream";

test.beforeAll(({ resetStack }) => resetStack());
test.afterEach(({ stack }) => stack.simulator.clearFaults());

const accountsPath = ({ organizationId }: UpstreamOrganization) => `/organizations/${organizationId}/service-accounts`;
const told = (page: Page) => page.getByRole("alert").filter({ hasText: "Create:" });
const named = async (organization: UpstreamOrganization, name: string) =>
  (await upstreamOf(organization).accounts()).filter((account) => nameOf(account) === name);

async function deleteAndCreateAgain(page: Page) {
  await page.getByRole("button", { name: "Delete it and create again" }).click();
  await page.getByRole("button", { name: "Delete 1 service account" }).click();
  const results = page.getByRole("dialog", { name: "What came of it" });
  await expect(results).toContainText("1 done");
  await results.getByRole("button", { name: "Close" }).last().click();
  await expect(results).toBeHidden();
}

test("A create whose answer was lost is found, and made anew with one press and nothing to type", async ({
  page,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "manager");
  const [, , project] = await upstreamOf(organization).projects();
  const name = "lost-on-the-way";
  await openCreateForm(page, organization.key);
  await nameField(page).fill(name);
  await page.getByRole("textbox", { name: "Purpose" }).fill("Finance waits for it");
  await page.getByRole("radio", { name: "30 days" }).click();
  await chooseProjects(page.getByRole("main"), [{ name: project!.name, role: "analyst" }]);
  await stack.simulator.fault({
    method: "POST",
    path: accountsPath(organization),
    times: 1,
    fault: { kind: "reset-after-commit" },
  });
  await createButton(page).click();
  await expect(told(page)).toContainText(
    `${name} was created at Mixpanel, but its secret was lost. Delete it and create it again.`,
  );
  expect(await named(organization, name)).toHaveLength(1);
  await createButton(page).click();
  await expect(createButton(page)).not.toHaveAttribute("aria-busy", "true");
  await expect(told(page)).toContainText("its secret was lost");
  expect(await named(organization, name), "pressing again creates no second one").toHaveLength(1);

  await deleteAndCreateAgain(page);
  await expect(nameField(page)).toHaveValue(name);
  await expect(page.getByRole("textbox", { name: "Purpose" })).toHaveValue("Finance waits for it");
  await expect(page.getByRole("combobox", { name: `Role in ${project!.name}` })).toContainText("analyst");
  await expect(told(page)).toBeHidden();
  await createButton(page).click();
  await takeSecret(page, name);
  await expect(factOf(page, "Purpose")).toHaveText("Finance waits for it");
  expect(await named(organization, name)).toHaveLength(1);
  await expectPromises({
    stack,
    operator: await apiAs("viewer"),
    key: organization.key,
    target: name,
    ledger: ["POST", "POST"],
    outcomes: ["unknown", "succeeded", "succeeded"],
  });

  await openCreateForm(page, organization.key);
  await expect(nameField(page)).toHaveValue("");
  await page.goto(pages.unfinished(organization.key));
  await expect(page.getByRole("article").filter({ hasText: `${name} was created at Mixpanel` })).toContainText(
    "It has been deleted since: nothing is left to do.",
  );
});

for (const fault of [{ kind: "truncate", bytes: 60 }, { kind: "invalid-json" }] satisfies Fault[]) {
  test(`An unreadable answer to create (${fault.kind}) is a lost secret too, and waits under Unfinished`, async ({
    page,
    stack,
    organization,
    signInAs,
    apiAs,
  }) => {
    await signInAs(page, "manager");
    const name = `unreadable-${fault.kind}`;
    await openCreateForm(page, organization.key);
    await nameField(page).fill(name);
    await stack.simulator.fault({ method: "POST", path: accountsPath(organization), times: 1, fault });
    await createButton(page).click();
    await expect(told(page)).toContainText("but its secret was lost");
    await page.goto(pages.unfinished(organization.key));
    const card = page.getByRole("article").filter({ hasText: `Create: ${name}` });
    await expect(card).toContainText("but its secret was lost");
    await card.getByRole("button", { name: "Delete it and create again" }).click();
    await expect(page.getByRole("dialog", { name: `Delete ${name}?` })).toContainText("Never used.");
    const operator = await apiAs("viewer");
    await expectPromises({
      stack,
      operator,
      key: organization.key,
      target: name,
      ledger: ["POST"],
      outcomes: ["unknown"],
    });
  });
}

test("A create that never reached Mixpanel is checked by reading, and only then tried again", async ({
  page,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "manager");
  const name = "never-arrived";
  const keys = createKeys(page);
  await openCreateForm(page, organization.key);
  await nameField(page).fill(name);
  await stack.simulator.fault({
    method: "POST",
    path: accountsPath(organization),
    times: 1,
    fault: { kind: "reset-before" },
  });
  await createButton(page).click();
  await expect(told(page)).toContainText(
    `whether ${name} was created is not known yet. Do not repeat it: check first.`,
  );
  await expect(nameField(page)).toHaveValue(name);
  changeDatabase(
    stack,
    "update operations set result = json_set(result, '$.firstAbsentAt', ?) where account_name = ?",
    new Date(Date.now() - 30_000).toISOString(),
    name,
  );
  await told(page).getByRole("button", { name: "Check what happened" }).click();
  await expect(told(page)).toContainText(`A reading of Mixpanel shows that ${name} was not created.`);
  await told(page).getByRole("button", { name: "Try again" }).click();
  await expect(told(page)).toBeHidden();
  await expect(nameField(page)).toHaveValue(name);
  await createButton(page).click();
  await takeSecret(page, name);
  expect(new Set(keys).size).toBe(2);
  await expectPromises({
    stack,
    operator: await apiAs("viewer"),
    key: organization.key,
    target: name,
    ledger: ["POST"],
    outcomes: ["unknown", "succeeded"],
  });
});
