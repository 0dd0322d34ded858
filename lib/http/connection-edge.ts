import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage, Server, ServerResponse } from "node:http";
import { ADDRESS_HEADER, clientAddress, trustedProxies } from "./client-address";
import { apiSecurityHeaders } from "./security-headers";

const HEADERS_DEADLINE_MS = 15_000;
const REQUEST_DEADLINE_MS = 30_000;

/** Said by proxies, or by Next to itself; from anybody else they are a forgery. */
const proxyHeaders = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
];
const internalHeaders = ["x-middleware-subrequest", "x-middleware-rewrite", "x-nonce", "x-page-path", "authorization"];

type Edge = { trustedProxies: readonly string[]; https: boolean };

/**
 * Cleans each request before Next sees it: the peer's own address goes in, forged headers go out, slow senders are cut,
 * and answers that Next gives by itself (redirects, errors) carry the strictest headers. Next offers no place for this.
 */
export function guardConnections({ trustedProxies: proxies, https }: Edge): void {
  const trusted = trustedProxies(proxies);
  const security = Object.entries(apiSecurityHeaders(https));
  const seen = new WeakSet<Server>();
  subscribe("http.server.request.start", (message) => {
    const { request, response, server } = parts(message);
    if (server && !seen.has(server)) {
      seen.add(server);
      server.headersTimeout = HEADERS_DEADLINE_MS;
      server.requestTimeout = REQUEST_DEADLINE_MS;
    }
    if (request) {
      request.url = readableTarget(request.url);
      cleanHeaders(request, trusted);
    }
    for (const [name, value] of security) response?.setHeader(name, value);
  });
}

/**
 * A request target that Next can read: of an absolute one (RFC 9112, 3.2.2) the path, for Next would redirect to the host
 * in it; what cannot be decoded, or is no path, stands for itself as one, for Next would answer 500.
 */
export function readableTarget(target = "/"): string {
  const [origin = ""] = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(target) ?? [];
  const [path = "", ...query] = target.slice(origin.length).split("?");
  const readable = path
    .split("/")
    .map((segment) => (isDecodable(segment) ? segment : segment.replaceAll("%", "%25")))
    .join("/");
  return [readable.startsWith("/") ? readable : `/${readable}`, ...query].join("?");
}

function isDecodable(segment: string): boolean {
  try {
    decodeURIComponent(segment);
    return true;
  } catch {
    return false;
  }
}

function cleanHeaders(request: IncomingMessage, trusted: (address: string) => boolean): void {
  const { headers } = request;
  const forwardedFor = [headers["x-forwarded-for"] ?? []].flat().join(",");
  const peer = clientAddress(request.socket.remoteAddress, undefined, trusted);
  const address = clientAddress(request.socket.remoteAddress, forwardedFor, trusted);
  for (const name of internalHeaders) delete headers[name];
  if (peer === null || !trusted(peer)) for (const name of proxyHeaders) delete headers[name];
  delete headers[ADDRESS_HEADER];
  if (address !== null) headers[ADDRESS_HEADER] = address;
}

type Parts = { request?: IncomingMessage; response?: ServerResponse; server?: Server };

function parts(message: unknown): Parts {
  if (typeof message !== "object" || message === null) return {};
  const found: Parts = {};
  if ("request" in message && message.request instanceof IncomingMessage) found.request = message.request;
  if ("response" in message && message.response instanceof ServerResponse) found.response = message.response;
  if ("server" in message && message.server instanceof Server) found.server = message.server;
  return found;
}
