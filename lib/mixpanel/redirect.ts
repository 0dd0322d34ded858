import type { Dispatcher } from "undici";
import { type Deadlines, exchange, type OutgoingRequest, type Reply } from "./transport";

const followed = new Set([301, 302, 307, 308]);

function isRedirect(status: number | null): status is number {
  return status !== null && status >= 300 && status < 400;
}

function notFollowed({ status, headers }: Reply): Reply {
  return { status, headers, body: null, problem: "redirected", networkCode: null };
}

/** The same address with a trailing slash, if that and nothing else is where the answer points to. */
export function trailingSlashTarget(from: URL, location: string | string[] | undefined): URL | null {
  if (typeof location !== "string" || !URL.canParse(location, from.href)) return null;
  const target = new URL(location, from);
  const same =
    target.origin === from.origin &&
    target.pathname === `${from.pathname}/` &&
    (target.search === from.search || target.search === "") &&
    target.username === "" &&
    target.password === "";
  if (!same) return null;
  const next = new URL(from);
  next.pathname = target.pathname;
  return next;
}

/**
 * Sends a request and follows at most one redirect to the trailing slash, with method and body as they were.
 * The credential goes nowhere else: any other redirect is a problem.
 */
export async function exchangeFollowing(
  dispatcher: Dispatcher,
  request: OutgoingRequest,
  deadlines: Deadlines,
): Promise<Reply> {
  const start = performance.now();
  const first = await exchange(dispatcher, request, deadlines);
  if (!isRedirect(first.status)) return first;
  const url = followed.has(first.status) ? trailingSlashTarget(request.url, first.headers.location) : null;
  if (url === null) return notFollowed(first);
  const left = Math.max(1, deadlines.total - (performance.now() - start));
  const second = await exchange(dispatcher, { ...request, url }, { ...deadlines, total: left });
  return isRedirect(second.status) ? notFollowed(second) : second;
}
