import type { Page } from "@playwright/test";
import type { OperatorRole } from "@/lib/domain/operator";
import { test as base, expect } from "./fixtures";

/** Goes through the whole flow with a session of its own; the tour is put off before, so that it covers nothing. */
const test = base.extend<{ signInAnew: (page: Page, role: OperatorRole) => Promise<void> }>({
  signInAnew: async ({ sessionOf, signInAs }, use) => {
    await use(async (page, role) => {
      await sessionOf(role);
      await signInAs(page, role, { anew: true });
    });
  },
});

const roles = [
  { role: "viewer", name: "Vera Lindqvist" },
  { role: "manager", name: "Max Okafor" },
  { role: "administrator", name: "Ada Moreau" },
] as const;

for (const { role, name } of roles) {
  test(`A ${role} signs in through the identity provider and is greeted by name and role`, async ({
    page,
    signInAnew,
  }) => {
    await signInAnew(page, role);
    await expect(page).toHaveURL(/\/organizations/);
    await page.getByRole("button", { name: `Signed in as ${name}` }).click();
    await expect(page.getByText(`Role: ${role}`)).toBeVisible();
  });
}

test("Somebody whom no group lets in is told so, and whom to ask", async ({ page, signInAs, stack }) => {
  await signInAs(page, "nobody");
  await expect(page).toHaveURL(/\/no-role/);
  await expect(page.getByText(/Ask .+ to put you in a group that has a role here/)).toBeVisible();
  await expect(page.getByText("keywarden-administrators")).toHaveCount(0);
  await page.goto(`${stack.url}/organizations`);
  await expect(page).toHaveURL(/\/sign-in/);
});

for (const [what, claims, says] of [
  [
    "as a single text",
    { groups: "keywarden-administrators" },
    "has to be set up to send a list, also where there is only",
  ],
  [
    "elsewhere, being too many",
    { _claim_names: { groups: "src1" }, _claim_sources: { src1: { endpoint: "https://graph.example" } } },
    "in so many groups that the identity provider left",
  ],
] as const) {
  test(`Groups that the provider sends ${what} let nobody in, and the page says what has to be changed`, async ({
    page,
    signInAs,
    stack,
  }) => {
    await stack.identityProvider.setGroups(stack.signInNameOf("nobody"), [], claims);
    await signInAs(page, "nobody");
    await expect(page).toHaveURL(/\/no-role/);
    await expect(page.getByText(says)).toBeVisible();
    await expect(page.getByText(/Ask .+ to have this put right, then sign in again/)).toBeVisible();
    await page.goto("/organizations");
    await expect(page).toHaveURL(/\/sign-in/);
    await stack.identityProvider.reset();
  });
}

test("Whoever is not signed in is led back to the page they wanted", async ({ page, stack }) => {
  const wanted = `/organizations/${stack.organizations[0]?.key}/projects`;
  await page.goto(wanted);
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);
  await page.getByRole("button", { name: "Sign in with your company account" }).click();
  await page.getByRole("button", { name: stack.signInNameOf("viewer") }).click();
  await expect(page).toHaveURL(`${stack.url}${wanted}`);
});

test("Signing out ends the session for good: its cookie opens nothing afterwards", async ({
  page,
  signInAnew,
  stack,
}) => {
  await signInAnew(page, "viewer");
  const copied = await page.context().cookies(stack.url);
  expect((await page.request.get("/api/operator")).status()).toBe(200);

  await page.getByRole("button", { name: "Signed in as Vera Lindqvist" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByText("You are signed out.")).toBeVisible();

  await page.context().addCookies(copied);
  expect((await page.request.get("/api/operator")).status()).toBe(401);
  await page.goto("/organizations");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("A changed session cookie opens nothing", async ({ page, signInAnew, stack }) => {
  await signInAnew(page, "viewer");
  const cookies = await page.context().cookies(stack.url);
  const session = cookies.find(({ name }) => name === "keywarden.session");
  const value = session?.value ?? "";
  expect(value.length).toBeGreaterThan(40);
  const middle = Math.floor(value.length / 2);
  const changed = `${value.slice(0, middle)}${value[middle] === "A" ? "B" : "A"}${value.slice(middle + 1)}`;
  await page.context().addCookies([{ name: "keywarden.session", value: changed, url: stack.url, httpOnly: true }]);
  expect((await page.request.get("/api/operator")).status()).toBe(401);
  await page.goto("/organizations");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("A provider that does not answer is said on the sign-in page, and signing in works once it is back", async ({
  page,
  stack,
}) => {
  await stack.identityProvider.setAvailability("down");
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in with your company account" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("The identity provider cannot be reached.");
  await stack.identityProvider.setAvailability("up");
  await page.getByRole("button", { name: "Sign in with your company account" }).click();
  await page.getByRole("button", { name: stack.signInNameOf("viewer") }).click();
  await expect(page.getByRole("button", { name: "Signed in as Vera Lindqvist" })).toBeVisible();
});
