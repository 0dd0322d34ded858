import type { NextRequest } from "next/server";
import type { z } from "zod";
import { authenticate } from "@/lib/auth/authenticate";
import { sessionCookieName } from "@/lib/auth/cookies";
import { checkWritable } from "@/lib/db/writable";
import { AppError } from "@/lib/domain/app-error";
import { idempotencyKeySchema } from "@/lib/domain/change";
import { hasPermission, type Permission } from "@/lib/domain/operator";
import type { AppContext, RequestContext } from "@/lib/services/context";
import { appContext, isStopping, whileUnderWay } from "@/lib/services/process";
import type { OperatorActor } from "@/lib/services/sessions/actor-of-session";
import { addressOf } from "./client-address";
import { isCrossSite } from "./cross-site";
import { errorResponse } from "./error-response";
import { parseOptional, searchParameters } from "./parse-input";
import { checkBodyHeaders, readJsonBody } from "./request-body";
import { limitRequests } from "./request-limits";

/** How Next calls a handler. */
export type RouteContext = { params: Promise<unknown> };
/** A handler says what it asks for, so that the authorization matrix can be made from the tree. */
export type Handler = ((request: NextRequest, route: RouteContext) => Promise<Response>) & {
  readonly permission: Permission;
};

export type Rule<Params, Query, Body> = {
  permission: Permission;
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
};
export type Input<Params, Query, Body> = { context: RequestContext; params: Params; query: Query; body: Body };
type Run<Params, Query, Body> = (input: Input<Params, Query, Body>, idempotencyKey: string) => Promise<Response>;

const keyMissing = "The Idempotency-Key header is missing or has a wrong form.";

/** The one way to a handler: who asks, may they, is it whole and in order, and only then what is to be done. */
export function createHandler<Params, Query, Body>(
  rule: Rule<Params, Query, Body> & { change: boolean },
  run: Run<Params, Query, Body>,
): Handler {
  const answer = async (request: NextRequest, route: RouteContext): Promise<Response> => {
    const app = appContext();
    const reference = app.newId();
    const log = { reference, method: request.method, path: request.nextUrl.pathname };
    try {
      const actor = await admit(app, request, rule).catch((error: unknown) => rethrow(app, rule.change, error));
      const context: RequestContext = { ...app, actor, reference, logger: app.logger.child(log) };
      if (rule.change) await checkChangeable(context);
      const key = rule.change ? parseKey(request.headers) : "";
      return await run({ context, ...(await parseRequest(rule, request, route)) }, key);
    } catch (error) {
      return errorResponse(error, reference, app.now(), app.logger.child(log));
    }
  };
  return Object.assign((request: NextRequest, route: RouteContext) => whileUnderWay(() => answer(request, route)), {
    permission: rule.permission,
  });
}

/** Everything that can be told without reading the body: origin, type, limits, session, permission. */
async function admit(
  app: AppContext,
  request: NextRequest,
  { permission }: { permission: Permission },
): Promise<OperatorActor> {
  const write = request.method !== "GET" && request.method !== "HEAD";
  if (isCrossSite(request, app.environment.signIn.url)) throw new AppError("cross_site_request");
  if (write) checkBodyHeaders(request.headers);
  const address = addressOf(request.headers);
  limitRequests("address", address ?? "unknown", app.now());
  const sessionToken = request.cookies.get(sessionCookieName(app.environment.signIn.url))?.value;
  const actor = await authenticate(app, { sessionToken, permission, address });
  limitRequests(write ? "writes" : "reads", actor.operator.id, app.now());
  if (!hasPermission(actor.operator.role, permission)) {
    const { id, role } = actor.operator;
    app.logger.warn({ operator: id, role, permission, address, path: request.nextUrl.pathname }, "A role was too low.");
    throw new AppError("not_permitted");
  }
  return actor;
}

/** Who asks stands in the database. Where that is gone nobody can be told from anybody, and nothing is recorded or sent. */
async function rethrow({ database, environment }: AppContext, change: boolean, error: unknown): Promise<never> {
  if (error instanceof AppError) throw error;
  const answer = await checkWritable(database, environment.database.dataDir);
  if (answer.writable) throw error;
  throw new AppError(change ? "read_only" : "database_unreachable", { reason: answer.reason }, error);
}

async function checkChangeable(context: RequestContext): Promise<void> {
  if (isStopping()) throw new AppError("shutting_down");
  const { database, environment } = context;
  const answer = await checkWritable(database, environment.database.dataDir);
  if (!answer.writable) throw new AppError("read_only", { reason: answer.reason });
}

async function parseRequest<Params, Query, Body>(
  rule: Rule<Params, Query, Body>,
  request: NextRequest,
  route: RouteContext,
) {
  const params = parseOptional(rule.params, await route.params);
  const query = parseOptional(rule.query, searchParameters(request.url));
  const body = parseOptional(rule.body, rule.body ? await readJsonBody(request) : undefined);
  return { params, query, body };
}

function parseKey(headers: Headers): string {
  const key = idempotencyKeySchema.safeParse(headers.get("idempotency-key"));
  if (!key.success) throw new AppError("bad_request", { reason: keyMissing });
  return key.data;
}
