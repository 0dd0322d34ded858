import type { Page } from "@playwright/test";
import { pages } from "@/lib/paths/paths";
import { changeDatabase } from "./database-of";
import { expect, test } from "./fixtures";
import { nameOf, openAccountList, rangeOf } from "./screens";
import type { Fault, FaultOrder } from "./simulator-control";
import { upstreamOf } from "./upstream";

test.beforeAll(({ resetStack }) => resetStack());
test.afterEach(({ stack }) => stack.simulator.clearFaults());

const notice = (page: Page, title: string | RegExp) => page.getByRole("status").filter({ hasText: title });
const syncNow = (page: Page) => page.getByRole("button", { name: "Sync now" });
const status = (code: number, headers: Record<string, string> = {}): Fault => ({
  kind: "status",
  status: code,
  headers,
});
const inTwoMinutes = () => new Date(Date.now() + 120_000).toUTCString();

const outages: { what: string; order: () => FaultOrder; says: string; does: string | RegExp }[] = [
  {
    what: "rejects the credential (401)",
    order: () => ({ fault: status(401) }),
    says: "Mixpanel rejected the credential of this organization.",
    does: "An administrator has to give the console a working credential.",
  },
  {
    what: "does not let the credential see the organization (403)",
    order: () => ({ fault: status(403) }),
    says: "The credential signs in but is not an owner or admin of this organization.",
    does: "Give the console the credential of an organization owner or admin.",
  },
  {
    what: "asks to wait for two minutes (429)",
    order: () => ({ fault: status(429, { "Retry-After": "120" }) }),
    says: "Mixpanel asks us to slow down.",
    does: /Keywarden asks again after .+ UTC\./,
  },
  {
    what: "asks to wait until a date (429)",
    order: () => ({ fault: status(429, { "Retry-After": inTwoMinutes() }) }),
    says: "Mixpanel asks us to slow down.",
    does: /Keywarden asks again after .+ UTC\./,
  },
  {
    what: "asks to wait in words nobody can read (429)",
    order: () => ({ fault: status(429, { "Retry-After": "next Tuesday, perhaps" }) }),
    says: "Mixpanel asks us to slow down.",
    does: /Keywarden asks again after .+ UTC\./,
  },
  {
    what: "fails (500)",
    order: () => ({ times: 3, fault: status(500) }),
    says: "Mixpanel answered with an error of its own.",
    does: "Try again in a moment.",
  },
  {
    what: "breaks the connection",
    order: () => ({ times: 3, fault: { kind: "reset-before" } }),
    says: "Mixpanel gave an unexpected answer.",
    does: "The connection broke before the answer was complete",
  },
  {
    what: "sends half an answer",
    order: () => ({ times: 3, fault: { kind: "truncate", bytes: 40 } }),
    says: "Mixpanel gave an unexpected answer.",
    does: "The stored picture was not touched.",
  },
  {
    what: "sends a page instead of JSON, with 200",
    order: () => ({ fault: { kind: "html", status: 200 } }),
    says: "Mixpanel gave an unexpected answer.",
    does: "The stored picture was not touched.",
  },
  {
    what: "sends broken JSON",
    order: () => ({ fault: { kind: "invalid-json" } }),
    says: "Mixpanel gave an unexpected answer.",
    does: "The stored picture was not touched.",
  },
];

for (const { what, order, says, does } of outages) {
  test(`While Mixpanel ${what}, the list stays and says how old it is and what to do`, async ({
    page,
    stack,
    organization,
    signInAs,
  }) => {
    await signInAs(page, "viewer");
    await openAccountList(page, organization.key);
    const shown = await rangeOf(page).innerText();
    await stack.simulator.fault({ method: "GET", path: "/me", ...order() });
    await syncNow(page).click();
    const problem = notice(page, says);
    await expect(problem).toContainText(does);
    await expect(problem).toContainText(/Showing data from (just now|\d+ minutes? ago)\./);
    await expect(rangeOf(page)).toHaveText(shown);
    expect((await page.request.get("/api/operator")).status(), "still signed in").toBe(200);

    await stack.simulator.clearFaults();
    await problem.getByRole("button", { name: "Try again" }).click();
    await expect(problem).toBeHidden();
    await expect(rangeOf(page)).toHaveText(shown);
    expect(await stack.simulator.ledger()).toEqual([]);
  });
}

test("A slow Mixpanel keeps nobody waiting: the list is there, and the sync says that it runs", async ({
  page,
  stack,
  organization,
  signInAs,
}) => {
  await signInAs(page, "viewer");
  await openAccountList(page, organization.key);
  await stack.simulator.fault({ method: "GET", path: "/me", times: 1, fault: { kind: "delay", ms: 2_500 } });
  await syncNow(page).click();
  await expect(syncNow(page)).toHaveAttribute("aria-busy", "true");
  await page.getByRole("searchbox", { name: "Search service accounts" }).fill("mp-service-account");
  await expect(rangeOf(page)).toContainText("of 120");
  await expect(syncNow(page)).not.toHaveAttribute("aria-busy", "true");
});

test("An organization that was never read and may not be is not shown as an empty one", async ({
  page,
  stack,
  signInAs,
}) => {
  const { key, organizationId } = stack.organizations[2]!;
  await signInAs(page, "viewer");
  await stack.simulator.fault({ path: `/organizations/${organizationId}`, fault: status(403) });
  changeDatabase(stack, "update organizations set synced_at = null, sync_attempted_at = null where key = ?", key);
  const refused = "The credential signs in but is not an owner or admin of this organization.";

  await page.goto(pages.serviceAccounts(key));
  await expect(page.getByText("This organization has not been read yet")).toBeVisible();
  await expect(notice(page, refused)).toContainText("Nothing has been read yet.");
  await expect(page.getByText("No service accounts yet")).toBeHidden();
  await page.goto(pages.overview(key));
  await expect(notice(page, refused)).toBeVisible();
  await expect(page.getByRole("region", { name: "Needs attention" })).toContainText("Not read yet");
  await expect(page.getByRole("list", { name: "Counts" })).toBeHidden();
  await page.goto(pages.projects(key));
  await expect(notice(page, refused)).toBeVisible();
  await expect(page.getByText("No projects yet")).toBeHidden();
  await page.goto(pages.organizations);
  await expect(page.getByRole("listitem").filter({ hasText: String(organizationId) })).toContainText("Not reachable");

  await stack.simulator.clearFaults();
  await page.goto(pages.serviceAccounts(key));
  await notice(page, refused).getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("No service accounts yet")).toBeVisible();
});

test("With Mixpanel's clock hours ahead, badge, time, filter and count all go by it, and the page says so", async ({
  page,
  stack,
  organization,
  signInAs,
  resetStack,
}) => {
  await signInAs(page, "viewer");
  const until = (expires: string | null) => Date.parse(expires ?? "") - Date.now();
  const coming = (await upstreamOf(organization).accounts()).filter(({ expires }) => until(expires) > 0);
  const next = coming.toSorted((one, other) => until(one.expires) - until(other.expires))[0]!;
  await stack.simulator.clock({ advanceSeconds: Math.round(until(next.expires) / 1000) + 9_000 });
  await page.goto(pages.serviceAccounts(organization.key, `expiry=expired&search=${next.username}`));
  await expect(page.getByText("No service accounts match")).toBeVisible();
  await syncNow(page).click();
  const row = page.getByRole("row").filter({ hasText: nameOf(next) });
  await expect(row).toContainText("Expired");
  await expect(row).toContainText("2 hours ago");
  await expect(page.getByText("This server's clock and Mixpanel's are apart.")).toBeVisible();
  await page.goto(pages.serviceAccount(organization.key, next.id));
  await expect(page.getByRole("main").getByText("Expired", { exact: true }).first()).toBeVisible();
  await resetStack();
});

test("A list that is suddenly empty is doubted, and replaces nothing until somebody says that it is right", async ({
  page,
  stack,
  organization,
  signInAs,
}) => {
  await signInAs(page, "manager");
  const { length } = await upstreamOf(organization).accounts();
  const empty: Fault = { kind: "status", status: 200, body: { status: "ok", results: [] } };
  await stack.simulator.fault({
    method: "GET",
    path: `/organizations/${organization.organizationId}/service-accounts`,
    fault: empty,
  });
  await openAccountList(page, organization.key);
  await syncNow(page).click();
  const doubt = notice(page, `0 accounts, was ${length}`);
  await expect(doubt).toContainText("Nothing was replaced.");
  await expect(rangeOf(page)).toHaveText(`1–50 of ${length}`);

  await doubt.getByRole("button", { name: "It is right, take it over" }).click();
  await expect(page.getByText("No service accounts yet")).toBeVisible();
  await expect(doubt).toBeHidden();
  await stack.simulator.clearFaults();
  await syncNow(page).click();
  await expect(rangeOf(page)).toHaveText(`1–50 of ${length}`);
});
