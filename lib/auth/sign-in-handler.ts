import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { z } from "zod";
import { AppError } from "@/lib/domain/app-error";
import type { AppContext } from "@/lib/services/context";
import { endSession } from "@/lib/services/sessions/end";
import { callbackPath } from "./callback-path";
import { callbackCookieName, sessionCookieName } from "./cookies";
import { sessionIdOf } from "./session-token";
import { PROVIDER_ID, signInOptions } from "./sign-in-options";

const bodySchema = z.object({
  csrfToken: z.string().max(200).default(""),
  callbackUrl: z.string().max(2_000).optional(),
  json: z.literal("true").default("true"),
});

/** What of next-auth is open: method and action, with the provider where one belongs. Everything else does not exist. */
const open = new Set([
  "GET csrf",
  "GET session",
  "POST session",
  "GET error",
  "GET signin",
  "GET signout",
  "POST signout",
  `GET signin/${PROVIDER_ID}`,
  `POST signin/${PROVIDER_ID}`,
  `GET callback/${PROVIDER_ID}`,
]);
const callbackParameters = ["code", "state", "iss", "session_state", "error", "error_description"];

type Call = { request: NextRequest; action: string[]; body: unknown; address: string | null };

/** next-auth behind a sieve: only known actions, parameters and forms reach it, and it only ever answers to our pages. */
export async function handleSignIn(context: AppContext, { request, action, body, address }: Call): Promise<Response> {
  const { signIn } = context.environment;
  const method = request.method === "HEAD" ? "GET" : request.method;
  const name = action.join("/");
  if (!open.has(`${method} ${name}`)) throw new AppError("not_found");
  const cookie = (cookieName: string) => request.cookies.get(cookieName)?.value;
  const callbackCookie = cookie(callbackCookieName(signIn.url));
  if (callbackCookie !== undefined && !URL.canParse(callbackCookie)) return startOver(signIn.url);

  const sessionToken = cookie(sessionCookieName(signIn.url));
  if (method === "POST" && name === "signout") {
    const sessionId = await sessionIdOf(sessionToken, signIn.secret);
    if (sessionId) await endSession({ context, input: { sessionId, reason: "signed_out", address } });
  }
  const url = new URL(`/api/auth/${name}`, signIn.url);
  url.search = allowedQuery(request.nextUrl.searchParams, `${method} ${name}`, signIn.url);
  const init = method === "POST" ? { body: JSON.stringify(bodySchema.parse(body)) } : {};
  const headers = { "content-type": "application/json" };
  const cleaned = new NextRequest(url, { method, headers, ...init });
  const route = { params: Promise.resolve({ nextauth: action }) };
  const answer: Response = await NextAuth(cleaned, route, signInOptions({ context, address, sessionToken }));
  // It says why in its own words or none at all; ours are the same everywhere.
  if (answer.status >= 400) throw new AppError(answer.status < 500 ? "bad_request" : "internal");
  return answer;
}

function allowedQuery(query: URLSearchParams, call: string, consoleUrl: string): string {
  const allowed = new URLSearchParams();
  const keep = (name: string, value: string | null) => value !== null && allowed.set(name, value);
  if (call === `POST signin/${PROVIDER_ID}`) {
    if (query.get("prompt") === "login") keep("prompt", "login");
    if (query.get("max_age") === "0") keep("max_age", "0");
  } else if (call === `GET callback/${PROVIDER_ID}`) {
    for (const name of callbackParameters) keep(name, query.get(name));
  } else {
    if (query.has("callbackUrl")) keep("callbackUrl", callbackPath(query.get("callbackUrl"), consoleUrl));
    if (/^[A-Za-z]{1,40}$/.test(query.get("error") ?? "")) keep("error", query.get("error"));
  }
  return allowed.toString();
}

/** A cookie that is no address at all was not set by us: it goes, and the sign-in begins again. */
function startOver(consoleUrl: string): Response {
  const secure = consoleUrl.startsWith("https:") ? "; Secure" : "";
  const headers = new Headers({ location: `${consoleUrl}/sign-in?error=Callback` });
  headers.append(
    "set-cookie",
    `${callbackCookieName(consoleUrl)}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure}`,
  );
  return new Response(null, { status: 303, headers });
}
