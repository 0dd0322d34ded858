import { createHash, timingSafeEqual } from "node:crypto";
import type { NextRequest } from "next/server";
import { AppError } from "@/lib/domain/app-error";
import type { Environment } from "@/lib/env/environment";
import type { AppContext } from "@/lib/services/context";
import { appContext, whileUnderWay } from "@/lib/services/process";
import { answerHeaders } from "./answer-headers";
import { addressOf } from "./client-address";
import { errorResponse } from "./error-response";
import { limitRequests } from "./request-limits";

export type Machine = { contentType: string; text: string };
/** Says by itself that no operator is asked for, so that the authorization matrix can tell it. */
export type MachineHandler = ((request: NextRequest) => Promise<Response>) & { readonly permission: "machine" };
type MachineRoute = {
  token: (environment: Environment) => string | undefined;
  handle: (context: AppContext) => Promise<Machine>;
};

/**
 * For programs that carry a configured Bearer token and no session. Without a configured token the address is not there;
 * a session's cookie opens nothing here.
 */
export function machineRoute({ token, handle }: MachineRoute): MachineHandler {
  const answer = async (request: NextRequest): Promise<Response> => {
    const app = appContext();
    const reference = app.newId();
    try {
      const expected = token(app.environment);
      if (expected === undefined) throw new AppError("not_found");
      limitRequests("machines", addressOf(request.headers) ?? "unknown", app.now());
      if (!isBearer(request.headers.get("authorization"), expected)) throw new AppError("not_signed_in");
      const { contentType, text } = await handle(app);
      const headers = answerHeaders(reference);
      headers.set("content-type", contentType);
      return new Response(text, { headers });
    } catch (error) {
      return errorResponse(error, reference, app.now(), app.logger);
    }
  };
  return Object.assign((request: NextRequest) => whileUnderWay(() => answer(request)), {
    permission: "machine",
  } as const);
}

/** Compares hashes, so that neither time nor length tells anything of the token. */
function isBearer(header: string | null, token: string): boolean {
  const given = /^Bearer ([^\s]+)$/i.exec(header ?? "")?.[1] ?? "";
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given), hash(token));
}
