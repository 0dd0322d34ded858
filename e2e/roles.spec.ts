import { auditPageSchema } from "@/lib/domain/audit-event";
import { batchAnswerSchema } from "@/lib/domain/change";
import { expiryAfterDays } from "@/lib/domain/expiry-preset";
import { api, pages } from "@/lib/paths/paths";
import { expect, test } from "./fixtures";
import { newAccounts } from "./new-accounts";
import { change } from "./request-as";
import { accountTable, chooseProjects, openAccountList, rowsOf } from "./screens";
import { upstreamOf } from "./upstream";

test.beforeAll(({ resetStack }) => resetStack());

test("Viewers are offered no change anywhere, and a change they send all the same is refused", async ({
  page,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "viewer");
  const upstream = upstreamOf(organization);
  const account = (await upstream.accounts())[7]!;
  const [project] = await upstream.projects();
  const { key } = organization;
  const nothing = page
    .getByRole("main")
    .getByRole("button", { name: /^(Create|Assign|Remove|Delete|Add service)\b/ })
    .or(page.getByRole("main").getByRole("link", { name: /^Create\b/ }))
    .or(page.getByRole("main").getByRole("checkbox"));
  await openAccountList(page, key);
  await expect(rowsOf(accountTable(page)).first()).toBeVisible();
  await expect(nothing).toHaveCount(0);
  await page.goto(pages.serviceAccount(key, account.id));
  await expect(page.getByRole("table", { name: "Projects of this service account" })).toBeVisible();
  await expect(nothing).toHaveCount(0);
  await page.goto(pages.project(key, project!.id));
  await expect(page.getByRole("table", { name: "Members of this project" })).toBeVisible();
  await expect(nothing).toHaveCount(0);
  await page.goto(pages.createServiceAccount(key));
  await expect(page.getByText("Your role does not allow this")).toBeVisible();
  await expect(page.getByText("Managers and administrators of Keywarden create service accounts.")).toBeVisible();
  await expect(page.getByRole("textbox")).toHaveCount(0);
  await page.goto(pages.settings);
  await expect(page.getByText("You are signed in as viewer. You see everything and change nothing.")).toBeVisible();
  await expect(page.getByRole("table", { name: "Operators" })).toHaveCount(0);

  const viewer = await apiAs("viewer");
  const input = { name: "not-allowed", expiresAt: expiryAfterDays(30, new Date()) };
  for (const [address, body] of [
    [api.serviceAccounts(key), input],
    [api.memberships(key), { accountIds: [account.id], projects: [{ id: project!.id, role: "consumer" }] }],
    [api.membershipRemovals(key), { accountIds: [account.id], projectIds: [project!.id] }],
    [api.deletions(key), { accountIds: [account.id], confirmation: "" }],
    [api.endSessions("anybody"), {}],
  ] as const) {
    const answer = await viewer.post(address, change(body));
    expect(answer.status(), address).toBe(403);
    expect(await answer.json()).toMatchObject({ error: { code: "not_permitted" } });
  }
  expect((await viewer.get(api.operators)).status()).toBe(403);
  expect(await stack.simulator.ledger()).toEqual([]);
});

test("Managers are offered roles up to analyst, and cannot get a higher one by a request", async ({
  page,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "manager");
  const { key } = organization;
  const [project] = await upstreamOf(organization).projects();
  const [account] = await newAccounts(await apiAs("administrator"), key, ["below-the-ceiling"]);
  const before = await stack.simulator.ledger();
  await page.goto(pages.serviceAccount(key, account!.id));
  await page.getByRole("button", { name: "Assign to projects" }).click();
  const dialog = page.getByRole("dialog", { name: "Assign below-the-ceiling to projects" });
  await chooseProjects(dialog, [project!]);
  await dialog.getByRole("combobox", { name: `Role in ${project!.name}` }).click();
  await expect(page.getByRole("option")).toHaveText([/^analyst/, /^consumer/]);

  const manager = await apiAs("manager");
  const expiresAt = expiryAfterDays(30, new Date());
  for (const role of ["owner", "admin"] as const) {
    for (const [address, body] of [
      [api.serviceAccounts(key), { name: "too-high", role, expiresAt }],
      [api.serviceAccounts(key), { name: "too-high", expiresAt, projects: [{ id: project!.id, role }] }],
      [api.memberships(key), { accountIds: [account!.id], projects: [{ id: project!.id, role }] }],
    ] as const) {
      const answer = await manager.post(address, change(body));
      expect(answer.status()).toBe(403);
      expect(await answer.json()).toMatchObject({ error: { code: "role_above_ceiling" } });
    }
  }
  expect(await stack.simulator.ledger()).toEqual(before);
});

test("Managers touch no account above analyst; administrators do", async ({
  page,
  stack,
  organization,
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "manager");
  const { key } = organization;
  const [project] = await upstreamOf(organization).projects();
  const administrator = await apiAs("administrator");
  const [strong] = await newAccounts(administrator, key, ["strong-one"], { role: "admin" });
  const [inside] = await newAccounts(administrator, key, ["strong-inside"], {
    projects: [{ id: project!.id, role: "admin" }],
  });
  const before = await stack.simulator.ledger();
  const manager = await apiAs("manager");
  for (const account of [strong!, inside!]) {
    await page.goto(pages.serviceAccount(key, account.id));
    for (const name of ["Delete", "Assign to projects"]) {
      await expect(page.getByRole("button", { name })).toHaveAccessibleDescription(
        "It holds a role above analyst: an administrator has to do this.",
      );
    }
    const answer = await manager.post(api.deletions(key), change({ accountIds: [account.id], confirmation: "" }));
    expect(answer.status()).toBe(403);
    expect(await answer.json()).toMatchObject({ error: { code: "role_above_ceiling" } });
  }
  const remove = page
    .getByRole("table", { name: "Projects of this service account" })
    .getByRole("button", { name: "Remove" });
  await expect(remove).toHaveAccessibleDescription("An administrator has to do this.");
  expect(await stack.simulator.ledger()).toEqual(before);

  const answer = await administrator.post(
    api.deletions(key),
    change({ accountIds: [strong!.id], confirmation: "strong-one" }),
  );
  expect(batchAnswerSchema.parse(await answer.json()).results).toMatchObject([{ outcome: "done" }]);
  const record = await manager.get(`${api.auditEvents(key)}?search=strong-one`);
  const events = auditPageSchema.parse(await record.json()).rows.map(({ action, outcome }) => `${action} ${outcome}`);
  expect(events.slice(0, 2)).toEqual(["service_account.delete succeeded", "service_account.delete intended"]);
});
