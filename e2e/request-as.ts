import { randomUUID } from "node:crypto";
import { type APIRequestContext, request } from "@playwright/test";
import type { Stack } from "./stack";

export type Cookies = Stack["sessions"] extends Map<string, infer Value> ? Value : never;

/** Requests to the console's own API as its pages send them, in the name of whoever the cookies belong to. */
export function requestAs(stack: Stack, cookies: Cookies): Promise<APIRequestContext> {
  return request.newContext({
    baseURL: stack.url,
    storageState: { cookies, origins: [] },
    extraHTTPHeaders: { origin: stack.url },
  });
}

/** A change with a key of its own, as one press of a button sends it. */
export const change = (data: unknown) => ({ data, headers: { "idempotency-key": randomUUID() } });
