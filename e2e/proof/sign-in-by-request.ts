import { type APIRequestContext, request } from "@playwright/test";
import { z } from "zod";
import type { Stack } from "@/e2e/stack";
import { signInApi } from "@/lib/paths/paths";

const csrfSchema = z.object({ csrfToken: z.string() });
const startedSchema = z.object({ url: z.url() });

/** Goes through the identity provider without a browser; answers the Cookie header of the session that comes of it. */
export async function signInByRequest(
  { url }: Pick<Stack, "url">,
  signInName: string,
  headers: Record<string, string> = {},
): Promise<string> {
  const person = await request.newContext({ baseURL: url, extraHTTPHeaders: headers });
  try {
    await walkThrough(person, url, signInName);
    const { cookies } = await person.storageState();
    const ours = cookies.filter(({ name }) => /^(__Host-)?keywarden\./.test(name));
    if (!ours.some(({ name }) => name.endsWith("keywarden.session"))) throw new Error(`${signInName} got no session.`);
    return ours.map(({ name, value }) => `${name}=${value}`).join("; ");
  } finally {
    await person.dispose();
  }
}

async function walkThrough(person: APIRequestContext, url: string, signInName: string): Promise<void> {
  const { csrfToken } = csrfSchema.parse(await (await person.get(signInApi.csrf)).json());
  const data = { csrfToken, callbackUrl: "/settings", json: "true" };
  const started = await person.post(signInApi.start(false), { data, headers: { origin: url } });
  const asked = await person.get(startedSchema.parse(await started.json()).url);
  const arrived = await person.post(asked.url(), { form: { signInName } });
  if (arrived.url() !== `${url}/settings`) throw new Error(`The sign-in of ${signInName} ended at ${arrived.url()}.`);
}
