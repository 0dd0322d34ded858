import type { NextRequest } from "next/server";
import { z } from "zod";
import { handleSignIn } from "@/lib/auth/sign-in-handler";
import { AppError } from "@/lib/domain/app-error";
import { appContext, isStopping, whileUnderWay } from "@/lib/services/process";
import { answerHeaders } from "./answer-headers";
import { addressOf } from "./client-address";
import { isCrossSite } from "./cross-site";
import { errorResponse } from "./error-response";
import type { RouteContext } from "./handler";
import { parseInput } from "./parse-input";
import { checkBodyHeaders, readJsonBody } from "./request-body";
import { limitRequests } from "./request-limits";

const parametersSchema = z.object({ nextauth: z.array(z.string().max(60)).max(3) });

/** The way to next-auth: the edge's rules hold here as everywhere, only the question for a session is left out. */
export function signInRoute(request: NextRequest, route: RouteContext): Promise<Response> {
  return whileUnderWay(async () => {
    const app = appContext();
    const reference = app.newId();
    try {
      if (isCrossSite(request, app.environment.signIn.url)) throw new AppError("cross_site_request");
      const write = request.method === "POST";
      if (write) checkBodyHeaders(request.headers);
      if (write && isStopping()) throw new AppError("shutting_down");
      const address = addressOf(request.headers);
      limitRequests("signIns", address ?? "unknown", app.now());
      const { nextauth } = parseInput(parametersSchema, await route.params);
      const body = write ? await readJsonBody(request) : undefined;
      const answer = await handleSignIn(app, { request, action: nextauth, body, address });
      return withHeaders(answer, reference);
    } catch (error) {
      const known = error instanceof z.ZodError ? new AppError("bad_request", {}, error) : error;
      return errorResponse(known, reference, app.now(), app.logger);
    }
  });
}

function withHeaders(answer: Response, reference: string): Response {
  const headers = new Headers(answer.headers);
  for (const [name, value] of answerHeaders(reference)) headers.set(name, value);
  return new Response(answer.body, { status: answer.status, headers });
}
