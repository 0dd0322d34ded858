import type { z } from "zod";
import type { OrganizationContext, RequestContext } from "@/lib/services/context";
import { findOrganization } from "@/lib/services/organizations/find-organization";
import { type Download, downloadRoute } from "./download-route";
import type { Handler, Input, Rule } from "./handler";
import { changeRoute, route } from "./route";

type WithKey = { organizationKey: string };
type Inside<Params, Query, Body> = Omit<Input<Params, Query, Body>, "context"> & { context: OrganizationContext };
type OrganizationRule<Params, Query, Body> = Rule<Params, Query, Body> & { params: z.ZodType<Params> };
type Reading<Params, Query, Body, Answer> = OrganizationRule<Params, Query, Body> & {
  answer: z.ZodType<Answer>;
  handle: (input: Inside<Params, Query, Body>) => Promise<Answer>;
};
type Changing<Params, Query, Body, Answer> = OrganizationRule<Params, Query, Body> & {
  answer: z.ZodType<Answer>;
  status?: number;
  handle: (input: Inside<Params, Query, Body> & { idempotencyKey: string }) => Promise<Answer>;
};
type Downloading<Params, Query> = OrganizationRule<Params, Query, unknown> & {
  handle: (input: Inside<Params, Query, unknown>) => Promise<Download>;
};

/** A read inside one organization, which the server finds by its own key. */
export function organizationRoute<Params extends WithKey, Query, Body, Answer>(
  rule: Reading<Params, Query, Body, Answer>,
): Handler {
  return route({ ...rule, handle: async (input) => rule.handle(await inside(input)) });
}

/** A change inside one organization. */
export function organizationChange<Params extends WithKey, Query, Body, Answer>(
  rule: Changing<Params, Query, Body, Answer>,
): Handler {
  return changeRoute({ ...rule, handle: async (input) => rule.handle(await inside(input)) });
}

/** A file made from one organization's data, sent as it is made. */
export function organizationDownload<Params extends WithKey, Query>(rule: Downloading<Params, Query>): Handler {
  return downloadRoute({ ...rule, handle: async (input) => rule.handle(await inside(input)) });
}

async function inside<Rest extends { context: RequestContext; params: WithKey }>(input: Rest) {
  const organization = await findOrganization(input.context, input.params.organizationKey);
  const context: OrganizationContext = { ...input.context, organization };
  return { ...input, context };
}
