import { type NextRequest, NextResponse } from "next/server";
import { loadEnvironment } from "@/lib/env/environment";
import { apiSecurityHeaders, pageSecurityHeaders } from "@/lib/http/security-headers";

/** Adds headers to every answer and shuts doors that nothing of ours uses. It authorizes nothing. */
export function proxy(request: NextRequest): NextResponse {
  const { signIn, production } = loadEnvironment();
  const { pathname } = request.nextUrl;
  const api = pathname === "/api" || pathname.startsWith("/api/");
  const https = signIn.url.startsWith("https:");
  const nonce = btoa(crypto.randomUUID());
  const policy = { nonce, development: !production, signInOrigin: new URL(signIn.issuer).origin };
  const security = api ? apiSecurityHeaders(https) : pageSecurityHeaders(policy, https);

  const response = api ? NextResponse.next() : answerPage(request, nonce, security["content-security-policy"] ?? "");
  for (const [name, value] of Object.entries(security)) response.headers.set(name, value);
  if (!pathname.startsWith("/_next/static/")) response.headers.set("cache-control", "no-store");
  return response;
}

function answerPage(request: NextRequest, nonce: string, contentSecurityPolicy: string): NextResponse {
  const { pathname, search } = request.nextUrl;
  // Server Actions and the image optimizer are not used: nobody gets to call them.
  if (request.method !== "GET" && request.method !== "HEAD") return new NextResponse(null, { status: 405 });
  if (pathname.startsWith("/_next/image")) return new NextResponse(null, { status: 404 });
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("x-page-path", `${pathname}${search}`);
  headers.set("content-security-policy", contentSecurityPolicy);
  return NextResponse.next({ request: { headers } });
}
