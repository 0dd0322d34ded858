"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { keepsKey } from "@/components/changes/use-change";
import { ApiError } from "@/lib/api-client/api-error";
import { newIdempotencyKey } from "@/lib/api-client/fetch-json";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { CreatedAnswer } from "@/lib/domain/change";
import type { IssuedAnswer } from "@/lib/domain/rotation-view";

/**
 * Issues a replacement once per intention. The secret is in this state and in no cache; lists refresh when its dialog
 * closes. Where nothing was created the caller hears at once.
 */
export function useIssuing(organizationKey: string, onRotation: (answer: IssuedAnswer) => void) {
  const client = useQueryClient();
  const key = useRef<string | null>(null);
  const answered = useRef<IssuedAnswer | null>(null);
  const [created, setCreated] = useState<CreatedAnswer | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isPending, setPending] = useState(false);
  const [closed, setClosed] = useState(false);

  async function finish(answer: IssuedAnswer) {
    onRotation(answer);
    await client.invalidateQueries({ queryKey: queryKeys.organization(organizationKey) });
  }

  async function send(issue: (idempotencyKey: string) => Promise<IssuedAnswer>) {
    if (isPending) return;
    setPending(true);
    setError(null);
    key.current ??= newIdempotencyKey();
    try {
      const answer = await issue(key.current);
      key.current = null;
      answered.current = { ...answer, created: null };
      if (answer.created) setCreated(answer.created);
      else await finish(answer);
    } catch (failure) {
      setError(failure);
      if (failure instanceof ApiError && !keepsKey.has(failure.code)) key.current = null;
    } finally {
      setPending(false);
    }
  }

  function close() {
    setCreated(null);
    setClosed(true);
    if (answered.current) void finish(answered.current);
  }

  return { send, created, close, closed, error, isPending };
}
