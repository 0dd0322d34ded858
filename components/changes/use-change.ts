"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { ApiError } from "@/lib/api-client/api-error";
import { newIdempotencyKey } from "@/lib/api-client/fetch-json";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { AppErrorCode } from "@/lib/domain/app-error";

/** After these the same intention may still be under way or be sent again unchanged, so it keeps its key. */
export const keepsKey: ReadonlySet<AppErrorCode> = new Set([
  "not_signed_in",
  "fresh_sign_in_required",
  "operation_in_progress",
  "outcome_unknown",
]);

/** One intended change: repeats carry the same key, and a definite answer brings the organization's screens up to date. */
export function useChange<Input, Answer>(
  organizationKey: string,
  send: (input: Input, idempotencyKey: string) => Promise<Answer>,
) {
  const client = useQueryClient();
  const key = useRef<string | null>(null);
  return useMutation({
    mutationFn: (input: Input) => {
      key.current ??= newIdempotencyKey();
      return send(input, key.current);
    },
    onSuccess: () => {
      key.current = null;
      return client.invalidateQueries({ queryKey: queryKeys.organization(organizationKey) });
    },
    onError: (error) => {
      if (error instanceof ApiError && !keepsKey.has(error.code)) key.current = null;
    },
  });
}
