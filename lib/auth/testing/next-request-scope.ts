import { createRequire } from "node:module";
import type { NextRequest } from "next/server";

type RequestScope = { cookies: () => Promise<NextRequest["cookies"]>; headers: () => Promise<Headers> };

/** Outside a running Next nobody tells next-auth which request it answers; this does, for one call at a time. */
export async function whileAnswering<T>(request: NextRequest, work: () => Promise<T>): Promise<T> {
  const scope: RequestScope = createRequire(import.meta.url)("next/headers");
  const before = { ...scope };
  scope.cookies = async () => request.cookies;
  scope.headers = async () => request.headers;
  try {
    return await work();
  } finally {
    Object.assign(scope, before);
  }
}
