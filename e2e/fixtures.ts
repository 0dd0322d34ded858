import { type APIRequestContext, test as base, expect, type Page } from "@playwright/test";
import type { OperatorRole } from "@/lib/domain/operator";
import { api } from "@/lib/paths/paths";
import { searchStack } from "./proof/secrets/search-files";
import { type Cookies, requestAs } from "./request-as";
import { resetStack } from "./reset-stack";
import { type Person, signInThroughProvider } from "./sign-in-through-provider";
import { type Stack, type StackOptions, startStack } from "./stack";
import type { UpstreamOrganization } from "./upstream";

type SignInAs = (page: Page, person: Person, options?: { anew?: boolean; firstTime?: boolean }) => Promise<void>;

type WorkerFixtures = {
  stack: Stack;
  stackOptions: StackOptions;
  /** Cookies of an operator who signed in once per worker and put the tour off. */
  sessionOf: (role: OperatorRole) => Promise<Cookies>;
};
type TestFixtures = {
  /**
   * Signs in through the real flow once per worker and role. `anew` goes through it again, with a session of its own;
   * `firstTime` with nothing done before, so that the tour is offered.
   */
  signInAs: SignInAs;
  /** The console's own API in an operator's name, for what no page offers. */
  apiAs: (role: OperatorRole) => Promise<APIRequestContext>;
  /** The first organization, where nothing else is said. */
  organization: UpstreamOrganization;
  /** Begins afresh: organizations as seeded, inventory read again. */
  resetStack: () => Promise<void>;
};

export const test = base.extend<TestFixtures, WorkerFixtures>({
  stackOptions: [{ organizations: 3 }, { option: true, scope: "worker" }],
  stack: [
    async ({ stackOptions }, use) => {
      const stack = await startStack({ ...stackOptions, recorded: true });
      try {
        await use(stack);
        expect(await searchStack(stack), "files that hold a secret").toEqual([]);
        expect(stack.traffic?.leaks(await stack.secrets()) ?? [], "answers that hold a secret").toEqual([]);
      } finally {
        await stack.stop();
      }
    },
    { scope: "worker", timeout: 180_000 },
  ],
  sessionOf: [
    async ({ stack, browser }, use) => {
      await use(async (role) => {
        const known = stack.sessions.get(role);
        if (known) return known;
        const page = await browser.newPage();
        await signInThroughProvider(page, stack, role);
        const cookies = await page.context().cookies(stack.url);
        await page.context().close();
        const operator = await requestAs(stack, cookies);
        const declined = await operator.put(api.tour, { data: { status: "declined", step: 0 } });
        expect(declined.ok(), await declined.text()).toBe(true);
        await operator.dispose();
        stack.sessions.set(role, cookies);
        return cookies;
      });
    },
    { scope: "worker" },
  ],
  baseURL: async ({ stack }, use) => use(stack.url),
  signInAs: async ({ stack, sessionOf }, use) => {
    await use(async (page, person, { anew = false, firstTime = false } = {}) => {
      if (firstTime || person === "nobody") return signInThroughProvider(page, stack, person);
      const cookies = await sessionOf(person);
      await (anew ? signInThroughProvider(page, stack, person) : page.context().addCookies(cookies));
    });
  },
  apiAs: async ({ stack, sessionOf }, use) => {
    const opened: APIRequestContext[] = [];
    await use(async (role) => {
      const operator = await requestAs(stack, await sessionOf(role));
      opened.push(operator);
      return operator;
    });
    await Promise.all(opened.map((operator) => operator.dispose()));
  },
  organization: async ({ stack }, use) => {
    const [first] = stack.organizations;
    if (!first) throw new Error("The simulator named no organization.");
    await use(first);
  },
  resetStack: async ({ stack, sessionOf }, use) => {
    await use(async () => resetStack(stack, await sessionOf("administrator")));
  },
});

export { expect };
