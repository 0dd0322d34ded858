import { test as base, expect, type Page } from "@playwright/test";
import type { OperatorRole } from "@/lib/domain/operator";
import { resetStack } from "./reset-stack";
import { type Person, signInThroughProvider } from "./sign-in-through-provider";
import { type Stack, type StackOptions, startStack } from "./stack";

type SignInAs = (page: Page, person: Person, options?: { anew?: boolean }) => Promise<void>;

type WorkerFixtures = { stack: Stack; stackOptions: StackOptions };
type TestFixtures = {
  /** Signs in through the real flow once per worker and role; `anew` goes through it again, with a session of its own. */
  signInAs: SignInAs;
  /** Begins afresh: organizations as seeded, inventory read again. */
  resetStack: () => Promise<void>;
};

export const test = base.extend<TestFixtures, WorkerFixtures>({
  stackOptions: [{ organizations: 3 }, { option: true, scope: "worker" }],
  stack: [
    async ({ stackOptions }, use) => {
      const stack = await startStack(stackOptions);
      try {
        await use(stack);
      } finally {
        await stack.stop();
      }
    },
    { scope: "worker", timeout: 180_000 },
  ],
  baseURL: async ({ stack }, use) => use(stack.url),
  signInAs: async ({ stack, browser }, use) => {
    await use(async (page, person, { anew = false } = {}) => {
      if (anew || person === "nobody") return signInThroughProvider(page, stack, person);
      await page.context().addCookies(await cookiesOf(person));
    });
    async function cookiesOf(role: OperatorRole) {
      const known = stack.sessions.get(role);
      if (known) return known;
      const page = await browser.newPage();
      await signInThroughProvider(page, stack, role);
      const cookies = await page.context().cookies(stack.url);
      await page.context().close();
      stack.sessions.set(role, cookies);
      return cookies;
    }
  },
  resetStack: async ({ stack, browser, signInAs }, use) => {
    await use(async () => {
      if (!stack.sessions.has("administrator")) {
        const context = await browser.newContext();
        await signInAs(await context.newPage(), "administrator");
        await context.close();
      }
      await resetStack(stack, stack.sessions.get("administrator") ?? []);
    });
  },
});

export { expect };
