import type { Page } from "@playwright/test";
import { defaultPolicy } from "@/lib/domain/policy";
import { policyViewSchema } from "@/lib/domain/policy-view";
import { api, pages } from "@/lib/paths/paths";
import { expectAccessible, openDialogs } from "./axe";
import { expect, test } from "./fixtures";
import { change } from "./request-as";
import { recordOf } from "./screens";

const rule = "Too many projects";
const reviewing = (page: Page) => page.getByRole("dialog", { name: "What this policy would find" });
const ofRule = (page: Page) =>
  page.getByRole("listitem").filter({ has: page.getByRole("checkbox", { name: rule, exact: true }) });
const acceptButtons = (page: Page) => page.getByRole("button", { name: `Accept: ${rule}` });

test("Administrators see what a policy would find before it counts; managers answer for a finding, viewers read it", async ({
  page,
  organization: { key },
  signInAs,
  resetStack,
}) => {
  await resetStack();
  await signInAs(page, "administrator");
  await page.goto(pages.policy(key));
  const review = page.getByRole("button", { name: "See what would change" });
  await expect(review).toHaveAttribute("aria-disabled", "true");
  await ofRule(page).getByRole("spinbutton", { name: "Projects" }).fill("0");
  await review.click();
  await expect(ofRule(page)).toContainText("At least 1.");
  await ofRule(page).getByRole("spinbutton", { name: "Projects" }).fill("1");
  await review.click();
  const line = reviewing(page).getByRole("row").filter({ hasText: rule });
  await expect(line).toContainText("newly found");
  const then = Number(await line.getByRole("cell").nth(2).innerText());
  expect(then).toBeGreaterThan(0);
  await expectAccessible(page, "what a policy would find", openDialogs);
  await reviewing(page).getByRole("button", { name: "Save policy" }).click();
  await expect(reviewing(page)).toBeHidden();
  await expect(page.getByText("Changed by Ada")).toBeVisible();

  await signInAs(page, "manager");
  await page.goto(pages.findings(key, "rule=too_many_projects&size=250"));
  await expect(page.getByRole("region", { name: "Posture" })).toContainText("of 100");
  await expect(acceptButtons(page)).toHaveCount(then);
  const name = (await acceptButtons(page).first().getAttribute("aria-label"))?.split(", ")[1] ?? "";
  await acceptButtons(page).first().click();
  const asking = page.getByRole("dialog", { name: `Accept this finding about ${name}` });
  await asking.getByRole("button", { name: "Accept finding" }).click();
  await expect(asking).toContainText("Say why");
  await expectAccessible(page, "accept a finding", openDialogs);
  await asking.getByRole("textbox", { name: "Reason" }).fill("One pipeline over all regions until spring");
  await asking.getByRole("button", { name: "Accept finding" }).click();
  await expect(asking).toBeHidden();
  await expect(acceptButtons(page)).toHaveCount(then - 1);
  await page.getByRole("radio", { name: /^Accepted/ }).click();
  await expect(page.getByRole("main")).toContainText("One pipeline over all regions until spring");
  await page.getByRole("button", { name: `Withdraw: ${rule}, ${name}` }).click();
  const withdrawing = page.getByRole("dialog", { name: `Open this finding about ${name} again` });
  await expect(withdrawing).toBeVisible();
  await expectAccessible(page, "withdraw an acceptance", openDialogs);
  await page.keyboard.press("Escape");
  await expect(withdrawing).toBeHidden();
  expect(await recordOf(page, key, name)).toContain("Accept finding: Succeeded");

  await signInAs(page, "viewer");
  await page.goto(pages.findings(key, "rule=too_many_projects&state=accepted"));
  await expect(page.getByRole("main")).toContainText("One pipeline over all regions until spring");
  await expect(page.getByRole("button", { name: /^(Accept|Withdraw):/ })).toHaveCount(0);
  await page.getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("region", { name: "Findings" })).toContainText(rule);
  await page.goto(pages.policy(key));
  await expect(page.getByText("Administrators of Keywarden change the policy.")).toBeVisible();
  await expect(page.getByRole("button", { name: "See what would change" })).toHaveCount(0);
});

test("What resolves a finding opens at the account, and does not come back once it was closed", async ({
  page,
  organization: { key },
  signInAs,
}) => {
  await signInAs(page, "manager");
  const dialog = page.getByRole("dialog");
  for (const [found, words] of [
    ["annotated", "Annotate"],
    ["never_used", "Delete"],
    ["rotation_age", "Rotate"],
  ]) {
    await page.goto(pages.findings(key, `rule=${found}`));
    const link = page.getByRole("link", { name: new RegExp(`^${words}: `) }).first();
    const name = (await link.getAttribute("aria-label"))?.split(": ")[1] ?? "";
    await link.click();
    await expect(page.getByRole("heading", { name, level: 1, includeHidden: true })).toBeAttached();
    await expect(dialog).toContainText(name);
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(page).not.toHaveURL(/open=/);
    await page.reload();
    await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
    await expect(dialog).toBeHidden();
  }
});

test("Whoever edits a policy that somebody else has changed meanwhile is told, and loads it", async ({
  page,
  organization: { key },
  signInAs,
  apiAs,
}) => {
  await signInAs(page, "administrator");
  await page.goto(pages.policy(key));
  await ofRule(page).getByRole("spinbutton", { name: "Projects" }).fill("7");
  const administrator = await apiAs("administrator");
  const { version } = policyViewSchema.parse(await (await administrator.get(api.policy(key))).json());
  const saved = await administrator.post(api.policy(key), change({ policy: defaultPolicy, version }));
  expect(saved.ok(), await saved.text()).toBe(true);
  await page.getByRole("button", { name: "See what would change" }).click();
  await reviewing(page).getByRole("button", { name: "Save policy" }).click();
  await expect(reviewing(page).getByRole("alert")).toContainText("Ada");
  await expect(reviewing(page).getByRole("alert")).toContainText("Nothing was saved.");
  await reviewing(page).getByRole("button", { name: "Load the policy as it is now" }).click();
  await expect(reviewing(page)).toBeHidden();
  const { count } = defaultPolicy.rules.too_many_projects;
  await expect(ofRule(page).getByRole("spinbutton", { name: "Projects" })).toHaveValue(String(count));
});
