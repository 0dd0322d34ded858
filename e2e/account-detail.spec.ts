import { formatAbsoluteTime } from "@/components/ui/format-relative-time";
import { pages } from "@/lib/paths/paths";
import { expect, test } from "./fixtures";
import { factOf, nameOf, rowsOf } from "./screens";
import { upstreamOf } from "./upstream";

test.beforeAll(({ resetStack }) => resetStack());

/** Every grant of every account, as Mixpanel's projects list them. */
async function grantsOf(upstream: ReturnType<typeof upstreamOf>) {
  const projects = await upstream.projects();
  const members = await Promise.all(
    projects.map(async (project) => (await upstream.members(project.id)).map((member) => ({ ...member, project }))),
  );
  return members.flat();
}

test("Everyone sees all that is known of an account, and why it has its access", async ({
  page,
  organization,
  signInAs,
}) => {
  await signInAs(page, "manager");
  const upstream = upstreamOf(organization);
  const [accounts, grants] = await Promise.all([upstream.accounts(), grantsOf(upstream)]);
  const team = grants.find(
    (grant) =>
      grant.target_type === "team" &&
      grants.some(({ id, project, target_type, role }) =>
        Boolean(id === grant.id && project.id === grant.project.id && target_type === "individual" && role !== "admin"),
      ),
  )!;
  const account = accounts.find(({ id }) => id === team.id)!;
  const own = grants.filter(({ id }) => id === account.id);
  await page.goto(pages.serviceAccount(organization.key, account.id));

  await expect(page.getByRole("heading", { level: 1 })).toHaveText(nameOf(account));
  await expect(page.getByRole("banner").or(page.getByRole("main"))).toContainText([account.username]);
  const about = page.getByRole("region", { name: "About" });
  await expect(factOf(about, "Created")).toContainText(formatAbsoluteTime(account.created!));
  await expect(factOf(about, "Expires")).toContainText(account.expires ? formatAbsoluteTime(account.expires) : "Never");
  await expect(factOf(about, "Last used")).toContainText(
    account.last_used ? formatAbsoluteTime(account.last_used) : "Never used",
  );
  await expect(factOf(about, "Creator")).toContainText(account.creator_name ?? "Mixpanel user");
  await expect(factOf(about, "Id")).toHaveText(String(account.id));

  const access = page.getByRole("table", { name: "Projects of this service account" });
  await expect(rowsOf(access)).toHaveCount(own.length);
  const there = rowsOf(access).filter({ hasText: team.project.name });
  await expect(there.filter({ hasText: "granted individually" }).getByRole("button", { name: "Remove" })).toBeVisible();
  const through = there.filter({ hasText: "through a team" });
  await expect(through).toContainText("Change it in Mixpanel");
  await expect(through.getByRole("button")).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Audit events", exact: true })).toContainText(
    "Nothing was done to this service account from here.",
  );
});

test("Ready-made lines hold the account's own values and a place for its secret", async ({
  page,
  organization,
  signInAs,
}) => {
  await signInAs(page, "viewer");
  const account = (await upstreamOf(organization).accounts())[10]!;
  await page.goto(pages.serviceAccount(organization.key, account.id));
  const lines = page.getByRole("region", { name: "Use it" });
  const shown: Record<string, string> = {
    curl: `curl --user '${account.username}:YOUR_SECRET'`,
    Python: `auth=("${account.username}", "YOUR_SECRET")`,
    ".env": `MIXPANEL_SERVICE_ACCOUNT="${account.username}"`,
    "GitHub Actions": `gh secret set MIXPANEL_SERVICE_ACCOUNT --body '${account.username}'`,
    Terraform: ` ${organization.organizationId}:${account.id}`,
  };
  for (const [title, text] of Object.entries(shown)) {
    await lines.getByRole("tab", { name: title }).click();
    await expect(lines.getByRole("tabpanel", { name: title })).toContainText(text);
  }
});

test("Ready-made lines ask the region of the account's project, not of the organization", async ({
  page,
  organization,
  signInAs,
}) => {
  await signInAs(page, "viewer");
  const grants = await grantsOf(upstreamOf(organization));
  for (const [region, isThere] of [
    ["eu", (domain: string) => domain.startsWith("eu.")],
    ["us", (domain: string) => !domain.startsWith("eu.")],
  ] as const) {
    const member = grants.find(
      ({ id, project }) =>
        isThere(project.domain ?? "") && grants.every((other) => other.id !== id || other.project.id === project.id),
    )!;
    await page.goto(pages.serviceAccount(organization.key, member.id));
    const lines = page.getByRole("region", { name: "Use it" });
    await expect(lines.getByRole("tabpanel")).toContainText(`/regions/${region}/api/app/me`);
  }
});

test("An organization's grant stays where it was given, and the console's own credential is protected", async ({
  page,
  organization,
  signInAs,
}) => {
  await signInAs(page, "administrator");
  const account = (await upstreamOf(organization).accounts()).find(
    ({ username }) => username === organization.owner.username,
  )!;
  await page.goto(pages.serviceAccount(organization.key, account.id));
  await expect(page.getByRole("main").getByText("This console")).toBeVisible();
  const access = page.getByRole("table", { name: "Projects of this service account" });
  await expect(rowsOf(access)).toHaveCount(24);
  await expect(rowsOf(access).filter({ hasText: "through the organization" })).toHaveCount(24);
  await expect(access.getByRole("button", { name: "Remove" })).toHaveCount(0);

  const remove = page.getByRole("button", { name: "Delete" });
  await expect(remove).toHaveAttribute("aria-disabled", "true");
  await expect(remove).toHaveAccessibleDescription("This is the credential the console itself uses.");
  await remove.click({ force: true });
  await expect(page.getByRole("tooltip")).toHaveText("This is the credential the console itself uses.");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("An account that does not exist is told apart from one that may not be seen", async ({
  page,
  organization,
  signInAs,
}) => {
  await signInAs(page, "viewer");
  await page.goto(pages.serviceAccount(organization.key, 999_999_999));
  await expect(page.getByText("This service account does not exist")).toBeVisible();
  await page.getByRole("link", { name: "All service accounts" }).click();
  await expect(page.getByRole("heading", { name: "Service accounts", level: 1 })).toBeVisible();
  await page.goto(pages.serviceAccount(organization.key, 1).replace(/1$/, "not-a-number"));
  await expect(page.getByText("This page does not exist")).toBeVisible();
});
