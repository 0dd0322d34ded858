import { z } from "zod";
import type { Credential, RunningSimulator } from "./server";

export type Reply = { status: number; headers: Headers; text: string; body: unknown };

export const accountSchema = z.looseObject({
  id: z.int(),
  username: z.string(),
  expires: z.string().nullish(),
  last_used: z.string().nullish(),
  created: z.string(),
});
export const memberSchema = accountSchema.extend({ role: z.string(), target_type: z.string() });
const listSchema = z.object({ status: z.literal("ok"), results: z.array(accountSchema) });
const memberListSchema = z.object({ status: z.literal("ok"), results: z.array(memberSchema) });
const createdSchema = z.object({ status: z.literal("ok"), results: accountSchema.extend({ token: z.string() }) });
const meSchema = z.object({
  results: z.object({
    user_id: z.int(),
    organizations: z.record(z.string(), z.object({ id: z.int(), role: z.string() })),
    projects: z.record(z.string(), z.object({ id: z.int(), name: z.string(), domain: z.string() })),
  }),
});

export function basic({ username, secret }: Credential): string {
  return `Basic ${Buffer.from(`${username}:${secret}`).toString("base64")}`;
}

/** Speaks to a running simulator as its owner unless told otherwise; for tests. */
export function clientOf(simulator: RunningSimulator, mount = "/api/app") {
  const { organizationId: id } = simulator;
  const ask = async (
    method: string,
    path: string,
    {
      as = simulator.owner,
      body,
      headers = {},
    }: { as?: Credential | null; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Reply> => {
    const response = await fetch(simulator.url + path, {
      method,
      redirect: "manual",
      headers: { ...(as ? { Authorization: basic(as) } : {}), ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      parsed = undefined;
    }
    return { status: response.status, headers: response.headers, text, body: parsed };
  };
  const api: typeof ask = (method, path, options) => ask(method, mount + path, options);
  const accountsPath = `/organizations/${id}/service-accounts`;
  return {
    ask,
    api,
    accountsPath,
    control: (method: string, path: string, body?: unknown) => ask(method, `/__simulator${path}`, { as: null, body }),
    fault: async (fault: unknown) => {
      const { status, text } = await ask("POST", "/__simulator/faults", { as: null, body: fault });
      if (status !== 200) throw new Error(text);
    },
    accounts: async (as?: Credential) => listSchema.parse((await api("GET", accountsPath, as && { as })).body).results,
    create: async (body: unknown, as?: Credential) => {
      const { results } = createdSchema.parse((await api("POST", accountsPath, { body, ...(as && { as }) })).body);
      return { ...results, credential: { username: results.username, secret: results.token } };
    },
    members: async (projectId: number, as?: Credential) =>
      memberListSchema.parse((await api("GET", `/projects/${projectId}/service-accounts`, as && { as })).body).results,
    me: async (as?: Credential) => meSchema.parse((await api("GET", "/me", as && { as })).body).results,
    projectIds: async () =>
      Object.values(meSchema.parse((await api("GET", "/me")).body).results.projects).map((p) => p.id),
  };
}
export type Client = ReturnType<typeof clientOf>;
