import { NextRequest } from "next/server";
import { z } from "zod";
import { whileAnswering } from "@/lib/auth/testing/next-request-scope";
import { signInRoute } from "@/lib/http/sign-in-route";

type Call = { method?: string; query?: Record<string, string>; headers?: Record<string, string>; body?: unknown };
const csrfSchema = z.object({ csrfToken: z.string().min(1) });
const begunSchema = z.object({ url: z.string() });

/** Somebody with a browser of their own: keeps the console's and the provider's cookies and follows what they say. */
export class ConsoleVisitor {
  readonly jar = new Map<string, string>();
  private readonly atProvider = new Map<string, string>();

  constructor(
    private readonly consoleUrl: string,
    private readonly issuer: string,
  ) {}

  /** One request to the console's sign-in route, past everything that would lie between. */
  async call(action: string, { method = "GET", query = {}, headers = {}, body }: Call = {}): Promise<Response> {
    const search = new URLSearchParams(query).toString();
    const request = new NextRequest(`${this.consoleUrl}/api/auth/${action}${search && `?${search}`}`, {
      method,
      headers: {
        cookie: cookieHeader(this.jar),
        "sec-fetch-site": "same-origin",
        ...(method === "POST" ? { "content-type": "application/json" } : {}),
        ...headers,
      },
      ...(method === "POST" ? { body: JSON.stringify(body ?? {}) } : {}),
    });
    const params = Promise.resolve({ nextauth: action.split("/") });
    const answer = await whileAnswering(request, () => signInRoute(request, { params }));
    keep(this.jar, answer);
    return answer;
  }

  async csrfToken(): Promise<string> {
    return csrfSchema.parse(await (await this.call("csrf")).json()).csrfToken;
  }

  /** Begins a sign-in; answers the address to go to, at the provider if all is well. */
  async begin(callbackUrl = "/settings", query: Record<string, string> = {}): Promise<string> {
    const body = { csrfToken: await this.csrfToken(), callbackUrl, json: "true" };
    return begunSchema.parse(await (await this.call("signin/oidc", { method: "POST", query, body })).json()).url;
  }

  /** Tells the provider who it is; answers what it hands back to the console. */
  async prove(address: string, signInName: string): Promise<Record<string, string>> {
    let next = address;
    for (let steps = 0; steps < 12; steps += 1) {
      const { pathname, search } = new URL(next);
      if (next.startsWith(this.consoleUrl)) return Object.fromEntries(new URLSearchParams(search));
      const form = pathname.startsWith("/sign-in/");
      const answer = await fetch(next, {
        redirect: "manual",
        headers: { cookie: cookieHeader(this.atProvider) },
        ...(form ? { method: "POST", body: new URLSearchParams({ signInName }) } : {}),
      });
      keep(this.atProvider, answer);
      const location = answer.headers.get("location");
      if (!location) throw new Error(`The provider stopped at ${next}: ${answer.status} ${await answer.text()}`);
      next = new URL(location, next).href;
    }
    throw new Error(`${this.issuer} went round in a circle.`);
  }

  /** The whole way; answers the page the console leads to. */
  async signIn(signInName: string, callbackUrl?: string): Promise<string> {
    const query = await this.prove(await this.begin(callbackUrl), signInName);
    return this.landing((await this.call("callback/oidc", { query })).headers.get("location"));
  }

  /** The page on which somebody ends who is sent to an address of the console. */
  async landing(location: string | null): Promise<string> {
    const { origin, pathname, search, href } = new URL(location ?? "", this.consoleUrl);
    if (origin !== this.consoleUrl || !pathname.startsWith("/api/auth/")) return href;
    const query = Object.fromEntries(new URLSearchParams(search));
    const answer = await this.call(pathname.slice("/api/auth/".length), { query });
    return this.landing(answer.headers.get("location"));
  }
}

const cookieHeader = (jar: ReadonlyMap<string, string>) =>
  [...jar].map(([name, value]) => `${name}=${value}`).join("; ");

function keep(jar: Map<string, string>, answer: Response): void {
  for (const line of answer.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === "" || /max-age=0/i.test(line)) jar.delete(name);
    else jar.set(name, decodeURIComponent(value));
  }
}
