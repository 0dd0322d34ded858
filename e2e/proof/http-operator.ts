import { randomUUID } from "node:crypto";
import type { OperatorRole } from "@/lib/domain/operator";
import { signInApi } from "@/lib/paths/paths";

/** The little of a browser that signing in takes: it keeps each host's cookies and shows its redirects. */
class CookieJar {
  private readonly cookies = new Map<string, Map<string, string>>();

  async fetch(url: string, init: { method?: string; headers?: Record<string, string>; body?: string } = {}) {
    const { origin } = new URL(url);
    const known = this.cookies.get(origin) ?? new Map<string, string>();
    this.cookies.set(origin, known);
    const answer = await fetch(url, {
      ...init,
      redirect: "manual",
      headers: { ...init.headers, cookie: this.header(origin) },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      const expired = /max-age=0|expires=Thu, 01 Jan 1970/i.test(line);
      if (expired || pair.length === at + 1) known.delete(pair.slice(0, at));
      else known.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  }

  header(origin: string): string {
    return [...(this.cookies.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join("; ");
  }
}

export type HttpAnswer = { status: number; body: unknown; headers: Headers };
export type SignIn = { cookie: string; landed: string };

/**
 * Goes through the console's sign-in and the identity provider as a browser does. Answers the session's cookie and the
 * page it ends on: the console's own page that says why, where nobody is let in.
 */
export async function signInOverHttp(consoleUrl: string, signInName: string): Promise<SignIn> {
  const jar = new CookieJar();
  const csrf: unknown = await (await jar.fetch(`${consoleUrl}${signInApi.csrf}`)).json();
  const csrfToken = typeof csrf === "object" && csrf !== null && "csrfToken" in csrf ? String(csrf.csrfToken) : "";
  const begun = await jar.fetch(`${consoleUrl}${signInApi.start(false)}`, {
    method: "POST",
    headers: { origin: consoleUrl, "content-type": "application/json" },
    body: JSON.stringify({ csrfToken, callbackUrl: "/", json: "true" }),
  });
  const told: unknown = await begun.json();
  let next = typeof told === "object" && told !== null && "url" in told ? String(told.url) : "";
  if (next === "") throw new Error(`The sign-in did not begin: ${begun.status} ${JSON.stringify(told)}`);
  for (let steps = 0; steps < 12; steps += 1) {
    const { origin, pathname } = new URL(next, consoleUrl);
    const atConsole = origin === consoleUrl && !pathname.startsWith("/api/");
    if (atConsole) return { cookie: jar.header(consoleUrl), landed: next };
    const form = pathname.startsWith("/sign-in/");
    const answer = await jar.fetch(
      next,
      form
        ? {
            method: "POST",
            headers: { "content-type": "application/x-www-form-urlencoded" },
            body: new URLSearchParams({ signInName }).toString(),
          }
        : {},
    );
    const location = answer.headers.get("location");
    if (!location) throw new Error(`The sign-in stopped at ${next}: ${answer.status} ${await answer.text()}`);
    next = new URL(location, next).href;
  }
  throw new Error("The sign-in went round in a circle.");
}

export type HttpOperator = ReturnType<typeof httpOperator>;

/** An operator's requests as the console's pages send them; `url` names another replica of the same console. */
export function httpOperator(consoleUrl: string, { cookie }: Pick<SignIn, "cookie">, role: OperatorRole) {
  const send = async (
    method: string,
    path: string,
    body?: unknown,
    key?: string,
    url = consoleUrl,
  ): Promise<HttpAnswer> => {
    const answer = await fetch(`${url}${path}`, {
      method,
      redirect: "manual",
      headers: {
        cookie,
        origin: url,
        ...(method === "GET" ? {} : { "content-type": "application/json", "idempotency-key": key ?? randomUUID() }),
      },
      ...(method === "GET" ? {} : { body: JSON.stringify(body ?? {}) }),
    });
    const text = await answer.text();
    const json = answer.headers.get("content-type")?.includes("json") ?? false;
    return { status: answer.status, body: json ? JSON.parse(text) : text, headers: answer.headers };
  };
  return {
    role,
    cookie,
    get: (path: string, url?: string) => send("GET", path, undefined, undefined, url),
    post: (path: string, body?: unknown, key?: string, url?: string) => send("POST", path, body, key, url),
    put: (path: string, body?: unknown, key?: string) => send("PUT", path, body, key),
  };
}
