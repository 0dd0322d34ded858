import { pages } from "@/lib/paths/paths";
import { expect, test } from "./fixtures";
import { rowsOf } from "./screens";

test("Administrators see what is set up, ticked off from what really works", async ({
  page,
  stack,
  signInAs,
  resetStack,
}) => {
  await resetStack();
  await signInAs(page, "administrator");
  await page.goto(pages.settings);
  const items = page.getByRole("region", { name: "Set-up" }).getByRole("listitem");
  for (const { name } of stack.organizations) {
    await expect(items.filter({ hasText: `${name}: the inventory has been read` })).toContainText("Done:");
    await expect(items.filter({ hasText: `${name}: the credential may change` })).toContainText("is owner.");
  }
  await expect(items.filter({ hasText: "Each operator role has a group" })).toContainText("keywarden-managers");
  await expect(items.filter({ hasText: "served over https" })).toContainText("To do:");
  const count = await items.count();
  await expect(page.getByRole("region", { name: "Set-up" })).toContainText(`${count - 1} of ${count} done`);
  await expect(page.getByRole("region", { name: "In force" })).toContainText(stack.identityProvider.issuer);
  await expect(page.getByText("You are signed in as administrator.")).toBeVisible();
});

test("Administrators end the sessions of somebody else, whose next request leads to the sign-in page", async ({
  page,
  browser,
  stack,
  organization,
  signInAs,
}) => {
  const other = await browser.newPage({ baseURL: stack.url });
  await signInAs(other, "viewer", { anew: true });
  await other.goto(pages.overview(organization.key));
  await expect(other.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();

  await signInAs(page, "administrator");
  await page.goto(pages.settings);
  const line = rowsOf(page.getByRole("table", { name: "Operators" })).filter({ hasText: "Vera Lindqvist" });
  await line.getByRole("button", { name: "End all sessions" }).click();
  const asking = page.getByRole("alertdialog", { name: "End all sessions of Vera Lindqvist?" });
  await asking.getByRole("button", { name: "End all sessions" }).click();
  await expect(asking).toBeHidden();
  await expect(line.getByRole("cell").nth(4)).toHaveText("0");
  stack.sessions.delete("viewer");

  await other.getByRole("navigation").getByRole("link", { name: "Projects" }).click();
  await expect(other).toHaveURL(/\/sign-in/);
  await expect(other.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await other.context().close();

  await page.goto(pages.auditLog(organization.key, "action=session.end"));
  await expect(rowsOf(page.getByRole("table", { name: "Audit events" })).first()).toContainText(
    "ended_by_administrator",
  );
});

test("Operators see where they are signed in, and end what they no longer use", async ({
  page,
  browser,
  stack,
  organization,
  signInAs,
}) => {
  const lost = await browser.newPage({ baseURL: stack.url });
  await signInAs(lost, "viewer", { anew: true });
  await signInAs(page, "viewer", { anew: true });
  await page.goto(pages.settings);
  const sessions = rowsOf(page.getByRole("table", { name: "Own sessions" }));
  const others = sessions.filter({ has: page.getByRole("button", { name: "End" }) });
  await expect(sessions.filter({ hasText: "This session" })).toHaveCount(1);
  const count = await others.count();
  expect(count).toBeGreaterThan(0);
  await others.first().getByRole("button", { name: "End" }).click();
  await expect(others).toHaveCount(count - 1);
  await page.getByRole("button", { name: "End all others" }).click();
  await expect(sessions).toHaveCount(1);
  stack.sessions.delete("viewer");
  await lost.goto(pages.overview(organization.key));
  await expect(lost).toHaveURL(/\/sign-in/);
  await lost.context().close();
  await page.reload();
  await expect(sessions).toContainText("127.0.0.1");
});
