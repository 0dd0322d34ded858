import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { AppError } from "@/lib/domain/app-error";
import type { Operator } from "@/lib/domain/operator";
import { pages } from "@/lib/paths/paths";
import { appContext } from "@/lib/services/process";
import { authenticate } from "./authenticate";
import { callbackPath } from "./callback-path";
import { sessionCookieName } from "./cookies";

/** The operator who looks at a page; nobody signed in ends on the sign-in page, which leads back. Once per request. */
export const requireOperator = cache(async (): Promise<Operator> => {
  const context = appContext();
  const { url } = context.environment.signIn;
  const sessionToken = (await cookies()).get(sessionCookieName(url))?.value;
  try {
    return (await authenticate(context, { sessionToken, permission: "inventory:read", address: null })).operator;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "not_signed_in") throw error;
  }
  const path = callbackPath((await headers()).get("x-page-path"), url);
  redirect(`${pages.signIn}?${new URLSearchParams({ callbackUrl: path })}`);
});
