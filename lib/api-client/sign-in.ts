import { z } from "zod";
import { pages, signInApi } from "@/lib/paths/paths";
import { fetchJson } from "./fetch-json";

const csrfSchema = z.object({ csrfToken: z.string() });
const addressSchema = z.object({ url: z.string() });

/**
 * Answers the identity provider's address to go to. `fresh` makes the provider ask again who it is; `callbackUrl` is a
 * path of ours, anything else leads home.
 */
export async function signInAddress(options: { callbackUrl: string; fresh?: boolean }): Promise<string> {
  const { csrfToken } = await fetchJson(signInApi.csrf, csrfSchema);
  const { url } = await fetchJson(signInApi.start(options.fresh ?? false), addressSchema, {
    method: "POST",
    body: { csrfToken, callbackUrl: options.callbackUrl, json: "true" },
  });
  return url;
}

/** Ends the session on the server and in the browser, and answers where to go next. */
export async function signOut(): Promise<string> {
  const { csrfToken } = await fetchJson(signInApi.csrf, csrfSchema);
  await fetchJson(signInApi.signOut, addressSchema, { method: "POST", body: { csrfToken, json: "true" } });
  return `${pages.signIn}?signedOut=1`;
}
