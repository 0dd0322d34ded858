import type { Call } from "./access";
import { type Answer, Refusal } from "./answer";
import { getMe } from "./handlers/me";
import {
  addServiceAccountsToProjects,
  listProjectServiceAccounts,
  removeServiceAccountsFromProjects,
} from "./handlers/memberships";
import {
  createServiceAccount,
  deleteServiceAccount,
  getServiceAccount,
  listServiceAccounts,
} from "./handlers/service-accounts";

export type Handler = (call: Call) => Answer;
type Methods = Partial<Record<string, Handler>>;

const routes: { pattern: RegExp; methods: Methods }[] = [
  { pattern: /^\/me$/, methods: { GET: getMe } },
  {
    pattern: /^\/organizations\/(?<organizationId>\d{1,15})\/service-accounts$/,
    methods: { GET: listServiceAccounts, POST: createServiceAccount },
  },
  {
    pattern: /^\/organizations\/(?<organizationId>\d{1,15})\/service-accounts\/(?<accountId>\d{1,15})$/,
    methods: { GET: getServiceAccount, DELETE: deleteServiceAccount },
  },
  {
    pattern: /^\/organizations\/(?<organizationId>\d{1,15})\/service-accounts\/add-to-project$/,
    methods: { POST: addServiceAccountsToProjects },
  },
  {
    pattern: /^\/organizations\/(?<organizationId>\d{1,15})\/service-accounts\/remove-from-project$/,
    methods: { POST: removeServiceAccountsFromProjects },
  },
  {
    pattern: /^\/projects\/(?<projectId>\d{1,15})\/service-accounts$/,
    methods: { GET: listProjectServiceAccounts },
  },
];

/** The handler for a path after `/api/app`, with or without its trailing slash; throws a 404 or a 405. */
export function route(method: string, path: string): { handler: Handler; ids: Call["ids"] } {
  const bare = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
  for (const { pattern, methods } of routes) {
    const match = pattern.exec(bare);
    if (!match) continue;
    const handler = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (!handler) {
      throw new Refusal(405, `Method ${method} is not allowed here.`, { Allow: Object.keys(methods).join(", ") });
    }
    const { organizationId, accountId, projectId } = match.groups ?? {};
    const ids = { organizationId: Number(organizationId), accountId: Number(accountId), projectId: Number(projectId) };
    return { handler, ids };
  }
  throw new Refusal(404, "There is nothing at this address.");
}
