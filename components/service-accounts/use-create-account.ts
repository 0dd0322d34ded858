"use client";

import { useEffect, useRef, useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import { keepsKey } from "@/components/changes/use-change";
import { ApiError } from "@/lib/api-client/api-error";
import { newIdempotencyKey } from "@/lib/api-client/fetch-json";
import { createServiceAccount } from "@/lib/api-client/service-accounts";
import type { CreatedAnswer } from "@/lib/domain/change";
import { type CreateFormValues, createDraftSchema, toCreateInput } from "./create-form-values";
import { useFormDraft } from "./use-form-draft";

/**
 * Sends the form once per intention. The answer carries the secret, so it goes to the caller and into no cache. What
 * is typed outlives a reload and a lost session, once sent with its key, under the name of this form.
 */
export function useCreateAccount(organizationKey: string, form: UseFormReturn<CreateFormValues>, draftName: string) {
  const draft = useFormDraft(draftName, createDraftSchema, newIdempotencyKey);
  const [error, setError] = useState<unknown>(null);
  const [isPending, setPending] = useState(false);
  const sending = useRef(false);

  useEffect(() => {
    if (draft.restored) form.reset(draft.restored);
  }, [draft.restored, form]);

  const typed = JSON.stringify(form.watch());
  const known = useRef(typed);
  useEffect(() => {
    if (typed === known.current) return;
    known.current = typed;
    draft.save(form.getValues());
  }, [typed, draft.save, form]);

  /** `now` is the instant by which the form said when it expires. */
  async function send(values: CreateFormValues, now: Date): Promise<CreatedAnswer> {
    if (sending.current) throw new Error("already sending");
    sending.current = true;
    setPending(true);
    setError(null);
    const key = draft.idempotencyKey();
    draft.save(values);
    try {
      const answer = await createServiceAccount(organizationKey, toCreateInput(values, now), key);
      draft.discard();
      return answer;
    } catch (failure) {
      setError(failure);
      if (failure instanceof ApiError && !keepsKey.has(failure.code)) {
        draft.renewKey();
        draft.save(values);
      }
      throw failure;
    } finally {
      sending.current = false;
      setPending(false);
    }
  }

  return { send, error, isPending, forgetDraft: draft.forget };
}
