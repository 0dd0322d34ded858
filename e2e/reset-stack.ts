import { expect } from "@playwright/test";
import { syncViewSchema } from "@/lib/domain/inventory-view";
import { api } from "@/lib/paths/paths";
import { forgetAccounts } from "./database-of";
import { type Cookies, change, requestAs } from "./request-as";
import type { Stack } from "./stack";

/** Puts simulator and identity provider back to their beginnings, and has the console read every organization anew. */
export async function resetStack(stack: Stack, cookies: Cookies): Promise<void> {
  const console_ = await requestAs(stack, cookies);
  const read = async (key: string) => syncViewSchema.parse(await (await console_.get(api.sync(key))).json());
  try {
    const keys = stack.organizations.map(({ key }) => key);
    // A sync that is under way has read from before the reset; it must be over first.
    await expect.poll(async () => (await Promise.all(keys.map(read))).some(({ running }) => running)).toBe(false);
    await Promise.all([stack.simulator.reset(), stack.identityProvider.reset()]);
    forgetAccounts(stack);
    const since = new Date().toISOString();
    for (const key of keys) {
      const answer = await console_.post(api.sync(key), change({}));
      expect(answer.ok(), await answer.text()).toBe(true);
    }
    const isFresh = async (key: string) => {
      const { running, asOf } = await read(key);
      return !running && asOf !== null && asOf >= since;
    };
    await expect
      .poll(async () => (await Promise.all(keys.map(isFresh))).every(Boolean), { timeout: 60_000 })
      .toBe(true);
  } finally {
    await console_.dispose();
  }
}
