import type { z } from "zod";
import {
  accountIn,
  type Call,
  changeableOrganization,
  projectIn,
  requireGrantable,
  visibleOrganization,
} from "@/lib/simulator/mixpanel/access";
import { type Answer, Refusal } from "@/lib/simulator/mixpanel/answer";
import { createBodySchema, parseDateTime } from "@/lib/simulator/mixpanel/bodies";
import { grantIndividually } from "@/lib/simulator/mixpanel/memberships";
import { parseBody } from "@/lib/simulator/mixpanel/parse-body";
import { type Account, cleanStyle, type Organization } from "@/lib/simulator/mixpanel/store";
import { emailOf, writeAccount } from "@/lib/simulator/mixpanel/wire";

/** The least a project membership can hold; what a client gets that names a project and no role. */
const DEFAULT_PROJECT_ROLE = "consumer";

export function listServiceAccounts(call: Call): Answer {
  const accounts = [...visibleOrganization(call).accounts.values()].filter((account) => account.listed);
  return { status: 200, body: { status: "ok", results: accounts.map(writeAccount) } };
}

export function getServiceAccount(call: Call): Answer {
  return { status: 200, body: writeAccount(accountIn(visibleOrganization(call), call.ids.accountId)) };
}

export function deleteServiceAccount(call: Call): Answer {
  const organization = changeableOrganization(call);
  call.world.delete(organization, accountIn(organization, call.ids.accountId));
  return { status: 200, body: { status: "ok" }, mutation: true };
}

export function createServiceAccount(call: Call): Answer {
  const organization = changeableOrganization(call);
  const body = parseBody(createBodySchema, call.body);
  const projects = body.projects ?? [];
  const expiresAt = body.expires === undefined ? null : parseDateTime(body.expires);
  if (expiresAt !== null && expiresAt <= call.now) throw new Refusal(400, "expires: must be in the future");
  requireGrantable(call.caller, [body.role, ...projects.map((project) => project.role)]);
  const grants = projects.map(({ id, role }) => ({ project: projectIn(organization, id), role }));

  const account = newAccount(call, organization, body, expiresAt);
  call.world.insert(organization, account);
  for (const { project, role } of grants) grantIndividually(project, account.id, role ?? DEFAULT_PROJECT_ROLE);
  const results = { ...writeAccount(account), token: account.secret };
  return { status: 201, body: { status: "ok", results }, mutation: true };
}

function newAccount(
  { caller, now }: Call,
  { issue }: Organization,
  body: z.infer<typeof createBodySchema>,
  expiresAt: number | null,
): Account {
  return {
    id: issue.accountId(),
    username: `${body.username}.${issue.suffix()}.mp-service-account`,
    secret: issue.secret(),
    userId: issue.userId(),
    organizationRole: body.role ?? null,
    creator: { id: caller.account.userId, name: caller.account.username, email: emailOf(caller.account) },
    createdAt: now,
    expiresAt,
    expiresText: body.expires?.endsWith("Z") && body.expires.includes("T") ? body.expires : null,
    lastUsedAt: null,
    listed: true,
    style: cleanStyle,
  };
}
