import type { Page } from "@playwright/test";
import { pages } from "@/lib/paths/paths";
import { createButton, nameField, openCreateForm, takeSecret } from "./create-screen";
import { changeDatabase } from "./database-of";
import { expect, test } from "./fixtures";
import { newAccounts } from "./new-accounts";
import { expectPromises } from "./promises";
import { chooseProjects, rowsOf } from "./screens";
import type { Fault } from "./simulator-control";
import { type UpstreamOrganization, upstreamOf } from "./upstream";

test.beforeAll(({ resetStack }) => resetStack());
test.afterEach(({ stack }) => stack.simulator.clearFaults());

const accountsPath = ({ organizationId }: UpstreamOrganization) => `/organizations/${organizationId}/service-accounts`;
const results = (page: Page) => page.getByRole("dialog", { name: "What came of it" });
const resultRows = (page: Page) => rowsOf(results(page).getByRole("table", { name: "Results" }));
const closeResults = (page: Page) => results(page).getByRole("button", { name: "Close" }).last().click();

const refusals: { what: string; fault: () => Fault; says: (string | RegExp)[] }[] = [
  {
    what: "401",
    fault: () => ({ kind: "status", status: 401 }),
    says: ["Mixpanel rejected the credential of this organization.", "Changes are off until then."],
  },
  {
    what: "403",
    fault: () => ({ kind: "status", status: 403 }),
    says: ["The credential signs in but is not an owner or admin of this organization."],
  },
  {
    what: "404",
    fault: () => ({ kind: "status", status: 404, body: { status: "error", error: "Project 7 does not exist." } }),
    says: ["It no longer exists at Mixpanel.", "Project 7 does not exist."],
  },
  {
    what: "400",
    fault: () => ({ kind: "status", status: 400, body: { status: "error", error: "username: is reserved" } }),
    says: ["Mixpanel refused the change.", "username: is reserved", "Correct the input and try again."],
  },
  {
    what: "429-seconds",
    fault: () => ({ kind: "status", status: 429, headers: { "Retry-After": "120" } }),
    says: ["Mixpanel asks us to slow down.", "Nothing was changed.", /Not before .+ UTC\./],
  },
  {
    what: "429-date",
    fault: () => ({
      kind: "status",
      status: 429,
      headers: { "Retry-After": new Date(Date.now() + 120_000).toUTCString() },
    }),
    says: ["Mixpanel asks us to slow down.", "Nothing was changed.", /Not before .+ UTC\./],
  },
  {
    what: "429-junk",
    fault: () => ({ kind: "status", status: 429, headers: { "Retry-After": "soon" } }),
    says: ["Mixpanel asks us to slow down.", "Nothing was changed. Try again later."],
  },
];

test("A create that Mixpanel refuses changes nothing, says why and keeps what was typed", async ({
  page,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "manager");
  const operator = await apiAs("viewer");
  const [project] = await upstreamOf(organization).projects();
  await openCreateForm(page, organization.key);
  await page.getByRole("textbox", { name: "Purpose" }).fill("Nobody knows");
  await chooseProjects(page.getByRole("main"), [{ name: project!.name }]);
  const failure = page.getByRole("alert").filter({ hasText: "No service account was created." });
  for (const { what, fault, says } of refusals) {
    await test.step(what, async () => {
      const target = `refused-${what}`;
      await stack.simulator.fault({ method: "POST", path: accountsPath(organization), times: 1, fault: fault() });
      await nameField(page).fill(target);
      await createButton(page).click();
      for (const sentence of says) await expect(failure).toContainText(sentence);
      await expect(failure).toContainText("Reference");
      await expect(nameField(page)).toHaveValue(target);
      await expectPromises({ stack, operator, key: organization.key, target, ledger: [], outcomes: ["failed"] });
    });
  }
  await expect(page.getByRole("textbox", { name: "Purpose" })).toHaveValue("Nobody knows");
  await expect(page.getByRole("combobox", { name: `Role in ${project!.name}` })).toBeVisible();
  await createButton(page).click();
  const target = "refused-429-junk";
  await takeSecret(page, target);
  const outcomes = ["failed", "succeeded"];
  await expectPromises({ stack, operator, key: organization.key, target, ledger: ["POST"], outcomes });
});

for (const { what, fault, sent, outcomes } of [
  { what: "fails (500)", fault: { kind: "status", status: 500 }, sent: 1, outcomes: ["unknown", "succeeded"] },
  { what: "loses its answer", fault: { kind: "reset-after-commit" }, sent: 1, outcomes: ["unknown"] },
  { what: "answers with half of it", fault: { kind: "truncate", bytes: 5 }, sent: 1, outcomes: ["unknown"] },
  { what: "answers with a page", fault: { kind: "html", status: 200 }, sent: 1, outcomes: ["unknown", "succeeded"] },
] satisfies { what: string; fault: Fault; sent: number; outcomes: string[] }[]) {
  test(`A deletion during which Mixpanel ${what} is read back and told as it really is`, async ({
    page,
    stack,
    organization,
    signInAs,
    apiAs,
  }) => {
    await signInAs(page, "manager");
    const name = `delete-${fault.kind}`;
    const [account] = await newAccounts(await apiAs("administrator"), organization.key, [name]);
    await stack.simulator.fault({ method: "DELETE", path: accountsPath(organization), times: 1, fault });
    await page.goto(pages.serviceAccount(organization.key, account!.id));
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByRole("button", { name: "Delete 1 service account" }).click();
    await expect(results(page)).toContainText("1 done");
    await closeResults(page);
    await expect(page.getByRole("heading", { name: "Service accounts", level: 1 })).toBeVisible();
    const gone = (await upstreamOf(organization).accounts()).every(({ id }) => id !== account!.id);
    expect(gone).toBe(true);
    const deleted = (await stack.simulator.ledger()).filter(({ path }) => path.endsWith(`/${account!.id}`));
    expect(deleted).toHaveLength(sent);
    await expectPromises({
      stack,
      operator: await apiAs("viewer"),
      key: organization.key,
      target: name,
      ledger: ["POST"],
      outcomes: ["succeeded", ...outcomes],
    });
  });
}

test("An assignment whose answer is lost is read back and shown as it really is", async ({
  page,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "manager");
  const upstream = upstreamOf(organization);
  const [project] = await upstream.projects();
  const [account] = await newAccounts(await apiAs("administrator"), organization.key, ["assign-lost"]);
  const path = `${accountsPath(organization)}/add-to-project`;
  await stack.simulator.fault({ method: "POST", path, times: 1, fault: { kind: "reset-after-commit" } });
  await page.goto(pages.serviceAccount(organization.key, account!.id));
  await page.getByRole("button", { name: "Assign to projects" }).click();
  const dialog = page.getByRole("dialog", { name: "Assign assign-lost to projects" });
  await chooseProjects(dialog, [{ name: project!.name, role: "analyst" }]);
  await dialog.getByRole("button", { name: "Assign to 1 project" }).click();
  await expect(resultRows(page)).toContainText("Role now: analyst");
  await expect(results(page)).toContainText("1 done");
  await closeResults(page);
  await expect(page.getByRole("region", { name: "Access" })).toContainText(project!.name);
  expect((await upstream.members(project!.id)).filter(({ id }) => id === account!.id)).toHaveLength(1);
});

test("An assignment that may or may not have been made waits under Unfinished, and is made once", async ({
  page,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "manager");
  const upstream = upstreamOf(organization);
  const [, project] = await upstream.projects();
  const [account] = await newAccounts(await apiAs("administrator"), organization.key, ["assign-open"]);
  const path = `${accountsPath(organization)}/add-to-project`;
  await stack.simulator.fault({ method: "POST", path, times: 1, fault: { kind: "reset-before" } });
  const address = pages.serviceAccount(organization.key, account!.id);
  await page.goto(address);
  await page.getByRole("button", { name: "Assign to projects" }).click();
  const dialog = page.getByRole("dialog", { name: "Assign assign-open to projects" });
  await chooseProjects(dialog, [{ name: project!.name }]);
  await dialog.getByRole("button", { name: "Assign to 1 project" }).click();
  await expect(results(page)).toContainText("1 unknown");
  await expect(resultRows(page)).toContainText("The change was sent, but its outcome is not known.");
  await closeResults(page);
  const pending = page.getByText(/Outcome unknown: .+ was assigning this service account to projects\./);
  await expect(pending).toBeVisible();

  const earlier = new Date(Date.now() - 30_000).toISOString();
  changeDatabase(stack, "update operations set sent_at = ? where account_name = ?", earlier, "assign-open");
  await page.getByRole("link", { name: "Open", exact: true }).click();
  const card = page.getByRole("article").filter({ hasText: "Assign: assign-open" });
  await expect(card).toContainText("Do not repeat it: check first.");
  await card.getByRole("button", { name: "Check what happened" }).click();
  await expect(card).toContainText("was not added to");
  await card.getByRole("button", { name: "Try again" }).click();
  await expect(dialog).toContainText("1 membership will be set.");
  await dialog.getByRole("button", { name: "Assign to 1 project" }).click();
  await expect(results(page)).toContainText("1 done");
  await closeResults(page);
  await page.goto(address);
  await expect(pending).toBeHidden();
  const made = (await stack.simulator.ledger()).filter(({ body }) => JSON.stringify(body).includes(`[${account!.id}]`));
  expect(made).toHaveLength(1);
});

test("When some of several memberships were refused, the rest is finished with one press", async ({
  page,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "manager");
  const upstream = upstreamOf(organization);
  const projects = (await upstream.projects()).slice(3, 6);
  const [account] = await newAccounts(await apiAs("administrator"), organization.key, ["assign-some"]);
  const reason = "projects[0]: busy, try again";
  await stack.simulator.fault({
    method: "POST",
    path: `${accountsPath(organization)}/add-to-project`,
    times: 1,
    fault: { kind: "status", status: 400, body: { status: "error", error: reason } },
  });
  await page.goto(pages.serviceAccount(organization.key, account!.id));
  await page.getByRole("button", { name: "Assign to projects" }).click();
  const dialog = page.getByRole("dialog", { name: "Assign assign-some to projects" });
  await chooseProjects(
    dialog,
    projects.map(({ name }) => ({ name })),
  );
  await dialog.getByRole("button", { name: "Assign to 3 projects" }).click();
  await expect(results(page)).toContainText("2 done, 1 failed");
  await expect(resultRows(page).filter({ hasText: "Failed" })).toContainText(reason);
  await results(page).getByRole("button", { name: "Finish the rest" }).click();
  await expect(results(page)).toContainText("1 done");
  await expect(resultRows(page)).toHaveCount(1);
  await closeResults(page);
  const access = rowsOf(page.getByRole("region", { name: "Access" }).getByRole("table"));
  await expect(access).toHaveCount(3);
  for (const { id } of projects) {
    expect((await upstream.members(id)).filter((member) => member.id === account!.id)).toHaveLength(1);
  }
});
