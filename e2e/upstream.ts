import { z } from "zod";
import type { Stack } from "./stack";

export type UpstreamOrganization = Stack["organizations"][number];
type Credential = { username: string; secret: string };

/** Mixpanel writes some dates without a zone; they are UTC. */
const date = z
  .string()
  .nullish()
  .transform((text) => {
    if (!text) return null;
    return new Date(/(Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`).toISOString();
  });
const accountSchema = z.object({
  id: z.number(),
  username: z.string(),
  created: date,
  expires: date,
  last_used: date,
  creator_name: z.string().nullable(),
  creator_email: z.string().nullable(),
});
export type UpstreamAccount = z.infer<typeof accountSchema>;
const listSchema = z.object({ results: z.array(accountSchema) });
const createdSchema = z.object({ results: accountSchema.extend({ token: z.string() }) });
const memberSchema = z.object({ id: z.number(), role: z.string(), target_type: z.string() });
const membersSchema = z.object({ results: z.array(memberSchema) });
const meSchema = z.object({
  results: z.object({
    projects: z.record(z.string(), z.object({ id: z.number(), name: z.string(), domain: z.string().nullish() })),
  }),
});

/** One request straight to the simulator, past the console: what somebody does in Mixpanel itself. */
export async function askUpstream(
  url: string,
  { username, secret }: Credential,
  call: { method?: string; path: string; body?: unknown },
): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${url}/api/app${call.path}`, {
    method: call.method ?? "GET",
    headers: { authorization: `Basic ${Buffer.from(`${username}:${secret}`).toString("base64")}` },
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
  });
  return { status: answer.status, body: await answer.json() };
}

/** An organization as Mixpanel itself shows and changes it, with its owner's credential. */
export function upstreamOf({ url, organizationId, owner }: UpstreamOrganization) {
  const accounts = `/organizations/${organizationId}/service-accounts`;
  const ask = async (call: { method?: string; path: string; body?: unknown }) => {
    const { status, body } = await askUpstream(url, owner, call);
    if (status >= 300) throw new Error(`The simulator answered ${status} to ${call.path}: ${JSON.stringify(body)}`);
    return body;
  };
  const assignAll = (ids: readonly number[], projectId: number, role: string) =>
    ask({
      method: "POST",
      path: `${accounts}/add-to-project`,
      body: { service_account_ids: ids, projects: [{ id: projectId, role }] },
    });
  return {
    accounts: async () => listSchema.parse(await ask({ path: accounts })).results,
    create: async (body: { username: string; role?: string; expires?: string; projects?: unknown[] }) =>
      createdSchema.parse(await ask({ method: "POST", path: accounts, body })).results,
    delete: (id: number) => ask({ method: "DELETE", path: `${accounts}/${id}` }),
    assign: (id: number, projectId: number, role: string) => assignAll([id], projectId, role),
    assignAll,
    members: async (projectId: number) =>
      membersSchema.parse(await ask({ path: `/projects/${projectId}/service-accounts` })).results,
    projects: async () => Object.values(meSchema.parse(await ask({ path: "/me" })).results.projects),
  };
}
