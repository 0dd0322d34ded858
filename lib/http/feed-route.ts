import type { NextRequest } from "next/server";
import { z } from "zod";
import { AppError } from "@/lib/domain/app-error";
import type { AppContext } from "@/lib/services/context";
import { appContext, whileUnderWay } from "@/lib/services/process";
import { answerHeaders } from "./answer-headers";
import { addressOf } from "./client-address";
import { errorResponse } from "./error-response";
import type { RouteContext } from "./handler";
import type { MachineHandler } from "./machine-route";
import { limitRequests } from "./request-limits";

type FeedHandler = ((request: NextRequest, route: RouteContext) => Promise<Response>) &
  Pick<MachineHandler, "permission">;
type FeedRoute = { contentType: string; render: (context: AppContext, token: string) => Promise<string> };
const parametersSchema = z.object({ token: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });

/**
 * For calendars and readers, which can keep an address and nothing else: the token in it is all they have. The address
 * never goes into the log.
 */
export function feedRoute({ contentType, render }: FeedRoute): FeedHandler {
  const answer = async (request: NextRequest, route: RouteContext): Promise<Response> => {
    const app = appContext();
    const reference = app.newId();
    try {
      limitRequests("machines", addressOf(request.headers) ?? "unknown", app.now());
      const parameters = parametersSchema.safeParse(await route.params);
      if (!parameters.success) throw new AppError("not_found");
      const headers = answerHeaders(reference);
      const text = await render(app, parameters.data.token);
      headers.set("content-type", contentType);
      return new Response(text, { headers });
    } catch (error) {
      return errorResponse(error, reference, app.now(), app.logger);
    }
  };
  return Object.assign((request: NextRequest, route: RouteContext) => whileUnderWay(() => answer(request, route)), {
    permission: "machine",
  } as const);
}
