import { type AccountRow, accountPageSchema } from "@/lib/domain/inventory-view";
import { expiryState, expiryStates, usageState } from "@/lib/domain/service-account";
import { api, pages } from "@/lib/paths/paths";
import { expect, test } from "./fixtures";
import { accountTable, nameOf, openAccountList, rangeOf, rowsOf } from "./screens";
import { type UpstreamAccount, upstreamOf } from "./upstream";

const DAY = 86_400_000;
const titles = {
  expired: "Expired",
  critical: "Within 7 days",
  warning: "Within 30 days",
  notice: "Within 90 days",
  later: "Expire later",
  never: "Never expires",
} as const;

/** Expired although in use, then what expires soonest, then what expired unnoticed. */
function needingSomebody(accounts: readonly UpstreamAccount[], now: Date): UpstreamAccount[] {
  const left = ({ expires }: UpstreamAccount) => Date.parse(expires ?? "") - now.getTime();
  const used = ({ last_used }: UpstreamAccount) => Date.parse(last_used ?? "1970-01-01");
  const due = accounts.filter((account) => left(account) <= 30 * DAY);
  const expired = due.filter((account) => left(account) <= 0);
  const inUse = (account: UpstreamAccount) => used(account) > now.getTime() - 30 * DAY;
  return [
    ...expired.filter(inUse).sort((a, b) => used(b) - used(a)),
    ...due.filter((account) => left(account) > 0).sort((a, b) => left(a) - left(b)),
    ...expired.filter((account) => !inUse(account)).sort((a, b) => left(b) - left(a)),
  ];
}

test.beforeAll(({ resetStack }) => resetStack());

test("Viewers see first what has expired or soon will, each with its next step", async ({
  page,
  organization,
  signInAs,
}) => {
  await signInAs(page, "viewer");
  const accounts = await upstreamOf(organization).accounts();
  const due = needingSomebody(accounts, new Date());
  await page.goto(pages.overview(organization.key));

  const attention = page.getByRole("region", { name: "Needs attention" });
  await expect(attention).toContainText(`${due.length} service accounts expired or will within 30 days.`);
  const lines = attention.getByRole("listitem");
  await expect(lines).toHaveCount(12);
  const shown = await lines.getByRole("link").allInnerTexts();
  expect(shown.filter((text) => text !== "Open")).toEqual(due.slice(0, 12).map(nameOf));
  await expect(lines.first()).toContainText("Expired");
  await expect(lines.first()).toContainText(/Used .* ago/);
  await expect(page.getByText(/^As of (just now|\d+ minutes? ago)$/)).toBeVisible();

  await attention.getByRole("link", { name: "Show all" }).click();
  await expect(rangeOf(page)).toHaveText(`1–${due.length} of ${due.length}`);
  await page.goBack();
  await lines.first().getByRole("link", { name: "Open" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(nameOf(due[0]!));
});

/** What Mixpanel tells only project by project; the rows themselves have to say it. */
const others: Record<string, (row: AccountRow) => boolean> = {
  "In no project": ({ projectCount }) => projectCount === 0,
  "Owner or admin": ({ highestRole }) => highestRole === "owner" || highestRole === "admin",
};

test("Each count leads to exactly those rows", async ({ page, organization, signInAs, apiAs }) => {
  await signInAs(page, "viewer");
  const accounts = await upstreamOf(organization).accounts();
  const now = new Date();
  const counts = new Map<string, UpstreamAccount[]>(
    expiryStates.map((state) => [titles[state], accounts.filter(({ expires }) => expiryState(expires, now) === state)]),
  );
  counts.set(
    "Never used",
    accounts.filter(({ last_used }) => usageState(last_used, now) === "never_used"),
  );
  counts.set(
    "Unused for 90 days",
    accounts.filter(({ last_used }) => usageState(last_used, now) === "unused_90"),
  );
  const viewer = await apiAs("viewer");
  await page.goto(pages.overview(organization.key));
  const tiles = page.getByRole("list", { name: "Counts" }).getByRole("link");
  await expect(tiles).toHaveCount(10);
  for (const tile of await tiles.all()) {
    const [, title, count] = (await tile.innerText()).match(/^(.*\S)\s+(\d+)$/) ?? [];
    const address = new URL((await tile.getAttribute("href")) ?? "", page.url());
    const rows = await viewer.get(`${api.serviceAccounts(organization.key)}${address.search}&size=250`);
    const shown = accountPageSchema.parse(await rows.json());
    const expected = counts.get(title ?? "") ?? shown.rows.filter(others[title ?? ""] ?? (() => false));
    expect(shown.total, title).toBe(Number(count));
    expect(shown.rows.map(({ id }) => id).sort(), title).toEqual(expected.map(({ id }) => id).sort());
    expect(expected.length, title).toBeGreaterThan(0);
  }
  for (const title of ["Expired", "Never used"]) {
    const total = counts.get(title)?.length;
    await tiles.filter({ hasText: title }).click();
    await expect(rangeOf(page)).toHaveText(`1–${total} of ${total}`);
    const [first = ""] = await rowsOf(accountTable(page)).getByRole("link").allInnerTexts();
    expect(counts.get(title)?.map(nameOf)).toContain(first);
    await page.goBack();
    await expect(tiles).toHaveCount(10);
  }
});

test("The timeline holds every account that expires within twelve months, in its month", async ({
  page,
  organization,
  signInAs,
}) => {
  await signInAs(page, "viewer");
  const now = new Date();
  const months = Array.from({ length: 12 }, (_, index) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + index, 1)).toISOString().slice(0, 7),
  );
  const accounts = await upstreamOf(organization).accounts();
  const coming = accounts.filter(({ expires }) => expires !== null && Date.parse(expires) > now.getTime());
  const expected = months.map((month) => coming.filter(({ expires }) => expires?.startsWith(month)).length);
  expect(expected.filter((count) => count > 0).length).toBeGreaterThan(3);

  await page.goto(pages.overview(organization.key));
  const columns = page.getByRole("region", { name: "Expiry timeline" }).getByRole("listitem");
  await expect(columns).toHaveCount(12);
  const words = expected.map((count) => (count === 0 ? "none" : `${count} account${count === 1 ? "" : "s"}`));
  for (const [index, column] of (await columns.all()).entries()) await expect(column).toContainText(words[index]!);

  const soonest = coming.sort((a, b) => (a.expires ?? "").localeCompare(b.expires ?? ""))[0]!;
  const mark = columns.getByRole("link", { name: `${nameOf(soonest)} expires ${soonest.expires?.slice(0, 10)}` });
  await mark.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(nameOf(soonest));
});

test("Sync now shows how far it is and picks up what was changed in Mixpanel itself", async ({
  page,
  stack,
  organization,
  signInAs,
}) => {
  await signInAs(page, "viewer");
  await page.goto(pages.overview(organization.key));
  const tile = page.getByRole("list", { name: "Counts" }).getByRole("link", { name: /^Never expires/ });
  const before = Number((await tile.innerText()).match(/\d+$/)?.[0]);
  const made = await upstreamOf(organization).create({ username: "made-in-mixpanel" });

  await stack.simulator.fault({ method: "GET", path: "/projects", fault: { kind: "delay", ms: 700 } });
  await page.getByRole("button", { name: "Sync now" }).click();
  const progress = page.getByRole("progressbar", { name: "Syncing" });
  await expect(progress).toHaveAttribute("aria-valuetext", /^\d+ of 24 projects$/);
  await expect(tile).toHaveText(new RegExp(`${before + 1}$`));
  await expect(progress).toBeHidden();
  await expect(page.getByText("As of just now")).toBeVisible();

  await openAccountList(page, organization.key, "search=made-in-mixpanel");
  await expect(rowsOf(accountTable(page))).toHaveCount(1);
  await expect(rowsOf(accountTable(page))).toContainText(made.username);
  await stack.simulator.clearFaults();
});
