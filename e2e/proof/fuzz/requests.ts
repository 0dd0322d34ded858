import fc from "fast-check";
import { methods, pages, routes } from "@/e2e/proof/authorization/matrix";
import type { RawRequest } from "@/e2e/proof/raw-request";
import { bodyShapes, bodyText, type Known } from "./bodies";
import { headerValue, inAddress, text } from "./values";

/** `caller` is the place of an operator in the list, or null for somebody who is not signed in. */
export type FuzzRequest = RawRequest & { pattern: string; caller: number | null };
type Headers = Record<string, string>;

const queryNames = [
  ...[
    "search",
    "expiry",
    "role",
    "project",
    "usage",
    "projects",
    "owner",
    "tag",
    "rotation",
    "sort",
    "order",
    "page",
    "size",
    "ids",
    "action",
  ],
  ...["outcome", "actor", "account", "from", "to", "format", "callbackUrl", "error", "reason", "signedOut", "replaces"],
  ...["operation", "prompt", "max_age", "code", "state", "iss", "_rsc", "url", "w", "q", "__proto__"],
];
const queryValues = [
  "1",
  "50",
  "expired,critical",
  "unused_90",
  "name",
  "desc",
  "csv",
  "ndjson",
  "2026-01-01",
  "login",
];
const signInActions = [
  ...["csrf", "session", "error", "signin", "signout", "signin/oidc", "callback/oidc", "providers", "_log"],
  ...["verify-request", "callback/credentials", "signin/email", "callback/oidc/more/and/more"],
];

const query = fc
  .array(
    fc.tuple(
      fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...queryNames) }, { weight: 1, arbitrary: inAddress }),
      fc.oneof(fc.constantFrom(...queryValues), inAddress),
    ),
    { maxLength: 4 },
  )
  .map((pairs) => (pairs.length === 0 ? "" : `?${pairs.map(([name, value]) => `${name}=${value}`).join("&")}`));

/** Headers as the console's pages send them, and what stands in their place now and then. */
const changedHeaders: fc.Arbitrary<Headers> = fc
  .array(
    fc.oneof(
      fc.tuple(fc.constantFrom("content-type", "origin", "idempotency-key", "sec-fetch-site", "accept"), headerValue),
      fc.tuple(fc.constantFrom("content-type"), fc.constantFrom("text/plain", "application/json; charset=utf-7")),
      fc.tuple(fc.constantFrom("rsc", "next-router-prefetch", "next-router-state-tree", "next-action"), headerValue),
      fc.tuple(fc.constantFrom("x-middleware-subrequest", "x-nonce", "x-page-path", "x-invoke-path"), headerValue),
      fc.tuple(fc.constantFrom("authorization", "referer", "user-agent", "x-forwarded-host", "range"), headerValue),
    ),
    { maxLength: 3 },
  )
  .map((pairs) => Object.fromEntries(pairs));

const cookieNames = ["keywarden.session", "keywarden.csrf", "keywarden.callback", "keywarden.state", "keywarden.pkce"];
const strangeCookie = fc
  .tuple(fc.constantFrom(...cookieNames, "keywarden.nonce", "__proto__"), headerValue)
  .map(([name, value]) => `${name}=${value}`);

/** Any request to any route or page of the matrix; most get past the first checks, so that the later ones are met. */
export function fuzzRequests(known: Known, operators: number): fc.Arbitrary<FuzzRequest> {
  const shapes = bodyShapes(known);
  const targets = [
    ...Object.entries(routes).flatMap(([pattern, row]) => [
      ...methods.filter((method) => row[method]).map((method) => ({ weight: 4, pattern, methods: [method as string] })),
      { weight: 1, pattern, methods: [...methods, "HEAD", "OPTIONS"] },
    ]),
    ...Object.keys(pages).map((pattern) => ({ weight: 2, pattern, methods: ["GET", "GET", "GET", "HEAD", "POST"] })),
    { weight: 2, pattern: "/[...anywhere]", methods: ["GET", "POST"] },
  ];
  return fc.oneof(
    ...targets.map(({ weight, pattern, methods: allowed }) => ({
      weight,
      arbitrary: fc
        .record({
          method: fc.constantFrom(...allowed),
          path: pathOf(pattern, known),
          query,
          body: bodyText(shapes[pattern] ?? { a: text }),
          key: fc.uuid(),
          headers: fc.oneof(
            { weight: 3, arbitrary: fc.constant<Headers>({}) },
            { weight: 2, arbitrary: changedHeaders },
          ),
          cookie: fc.option(strangeCookie, { freq: 8 }),
          address: fc.nat({ max: 65_535 }),
          caller: fc.option(fc.nat({ max: operators - 1 }), { freq: 3 }),
        })
        .map(({ path, query: search, body, key, headers, cookie, address, ...rest }): FuzzRequest => {
          const change = rest.method !== "GET" && rest.method !== "HEAD";
          const plain = { "x-forwarded-for": `10.1.${address >> 8}.${address & 255}`, "idempotency-key": key };
          const json: Headers = change ? { "content-type": "application/json" } : {};
          const all = { ...plain, ...json, ...headers, ...(cookie === null ? {} : { cookie }) };
          return { ...rest, pattern, path: `${path}${search}`, headers: all, ...(change && { body }) };
        }),
    })),
  );
}

function pathOf(pattern: string, known: Known): fc.Arbitrary<string> {
  const real = (values: readonly (string | number)[]) =>
    fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...values.map(String)) }, { weight: 1, arbitrary: inAddress });
  const parameters: Record<string, fc.Arbitrary<string>> = {
    organizationKey: real(known.organizationKeys),
    organizationId: real(known.organizationKeys),
    accountId: real(known.accountIds),
    projectId: real(known.projectIds),
    operationId: real(known.operationIds),
    "...nextauth": fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...signInActions) },
      { weight: 1, arbitrary: inAddress },
    ),
  };
  const parts = pattern.split("/").map((part) => {
    const name = /^\[(.+)\]$/.exec(part)?.[1];
    return name === undefined ? fc.constant(part) : (parameters[name] ?? inAddress);
  });
  return fc.tuple(...parts).map((segments) => segments.join("/") || "/");
}
