import type { NextRequest } from "next/server";
import { AppError, type AppErrorCode } from "@/lib/domain/app-error";
import { appContext } from "@/lib/services/process";
import { errorResponse } from "./error-response";

/** A handler that refuses whatever comes, in our own words: addresses that do not exist, methods a resource has not. */
function refuse(code: AppErrorCode) {
  return async (_: NextRequest, __: { params: Promise<unknown> }): Promise<Response> => {
    const { newId, now } = appContext();
    return errorResponse(new AppError(code), newId(), now());
  };
}

export const notFound = refuse("not_found");
export const methodNotAllowed = refuse("method_not_allowed");
