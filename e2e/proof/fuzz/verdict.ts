import type { RawAnswer } from "@/e2e/proof/raw-request";
import { type NamedSecret, secretsIn } from "@/e2e/proof/secrets/named-secrets";
import { errorAnswerSchema } from "@/lib/domain/app-error";
import { BODY_LIMIT_BYTES } from "@/lib/http/request-body";
import type { FuzzRequest } from "./requests";

export type Rules = { consoleUrl: string; issuer: string; secrets: readonly NamedSecret[] };

/** 502, 503 and 504 tell of Mixpanel, the database or the provider; every other 5xx is a fault of ours. */
const ownFailures = new Set([502, 503, 504]);
const innards =
  /\n\s+at .+[:(]\d+:\d+|node_modules|\.next\/|webpack|turbopack:|SqliteError|SQLITE_[A-Z]+|ECONN[A-Z]+|kysely|ZodError|TypeError|ReferenceError/;

/** What is wrong with an answer, whatever was asked; nothing, as a rule. */
export function faultsOf(request: FuzzRequest, answer: RawAnswer, { consoleUrl, issuer, secrets }: Rules): string[] {
  const { status, headers, body } = answer;
  const faults: string[] = [];
  const all = `${JSON.stringify(headers)}\n${body}`;
  const api = isApi(request.path, consoleUrl);
  if (status >= 500 && !(ownFailures.has(status) && isOurs(body))) faults.push(`answered ${status}`);
  if (api && status >= 400 && request.method !== "HEAD" && status < 500 && !isOurs(body) && !isNextsOwn(answer)) {
    faults.push(`answered ${status} in no words of ours`);
  }
  // Pages name their scripts by address, and echo what was asked for: only answers with data are held to this.
  if (api && innards.test(withoutEcho(body, request))) faults.push("shows its innards");
  for (const name of secretsIn(all, secrets)) faults.push(`holds the ${name}`);
  const { location } = headers;
  if (location !== undefined && !staysHere(location, consoleUrl, issuer)) faults.push(`leads to ${location}`);
  if (headers["x-content-type-options"] !== "nosniff") faults.push("lets the type be guessed");
  if (!String(headers["content-security-policy"]).includes("frame-ancestors 'none'")) faults.push("may be framed");
  if (api && headers["cache-control"] !== "no-store" && status < 300) faults.push("may be stored");
  if (headers["access-control-allow-origin"] !== undefined) faults.push("is open to other origins");
  return faults;
}

/** Whether an address leads to the API once its dots are followed. */
function isApi(path: string, consoleUrl: string): boolean {
  const address = `${consoleUrl}${path}`;
  return URL.canParse(address) ? new URL(address).pathname.startsWith("/api/") : false;
}

/** A connection that ends without an answer is in order for what no server has to read to its end. */
export const mayBreakOff = ({ body = "" }: FuzzRequest) => Buffer.byteLength(body) > BODY_LIMIT_BYTES;

function isOurs(body: string): boolean {
  try {
    return errorAnswerSchema.safeParse(JSON.parse(body)).success;
  } catch {
    return false;
  }
}

/** What no handler of ours ever sees: an address that cannot be decoded, a method that no route has. */
const isNextsOwn = ({ status, body }: RawAnswer) =>
  (status === 400 && /^(Bad Request)?$/.test(body)) || (status === 405 && body === "");

function staysHere(location: string, consoleUrl: string, issuer: string): boolean {
  if (!URL.canParse(location, consoleUrl)) return false;
  const { origin } = new URL(location, consoleUrl);
  return origin === consoleUrl || origin === new URL(issuer).origin;
}

/** Texts that the request itself brought along are no leak. */
function withoutEcho(body: string, { path, body: sent = "" }: FuzzRequest): string {
  const brought = `${path} ${sent}`;
  return innards.test(brought) ? "" : body;
}
