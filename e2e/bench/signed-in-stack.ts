import { chromium } from "@playwright/test";
import { browserArguments, findBrowser } from "../browser.mjs";
import { signInThroughProvider } from "../sign-in-through-provider";
import { type Stack, type StackOptions, startStack } from "../stack";

/** A stack and a `fetch` that carries an administrator's session. The console has to be built already. */
export async function startSignedInStack(options: StackOptions) {
  const stack = await startStack(options);
  try {
    const cookie = await cookieOf(stack);
    const headers = { cookie, origin: stack.url, "content-type": "application/json" };
    const call = (path: string, init: { method?: string; body?: string; headers?: Record<string, string> } = {}) =>
      fetch(`${stack.url}${path}`, { ...init, headers: { ...headers, ...init.headers } });
    return { stack, call };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

async function cookieOf(stack: Stack): Promise<string> {
  const executablePath = findBrowser(process.env);
  const browser = await chromium.launch({ args: browserArguments(), ...(executablePath ? { executablePath } : {}) });
  try {
    const page = await browser.newPage();
    await signInThroughProvider(page, stack, "administrator");
    const cookies = await page.context().cookies(stack.url);
    return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  } finally {
    await browser.close();
  }
}
