"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { z } from "zod";

type Draft<T> = { values: T; idempotencyKey: string | null };

/**
 * Keeps what was typed, and the key under which it was sent, for this tab: a reload or a session that ends in the middle
 * of a form loses nothing, and sending again after the sign-in is the same change. Never holds a secret.
 */
export function useFormDraft<T>(name: string, schema: z.ZodType<T>, newKey: () => string) {
  const storageKey = `keywarden.draft.${name}`;
  const [restored, setRestored] = useState<T | null>(null);
  const key = useRef<string | null>(null);

  useEffect(() => {
    const stored = readDraft(storageKey);
    const values = schema.safeParse(stored?.values);
    if (stored && values.success) {
      key.current = stored.idempotencyKey;
      setRestored(values.data);
    }
  }, [storageKey, schema]);

  const idempotencyKey = useCallback(() => {
    key.current ??= newKey();
    return key.current;
  }, [newKey]);

  const save = useCallback(
    (values: T) => {
      const draft: Draft<T> = { values, idempotencyKey: key.current };
      sessionStorage.setItem(storageKey, JSON.stringify(draft));
    },
    [storageKey],
  );

  /** After an outcome that changed nothing the next attempt is a new intention, hence a new key. */
  const renewKey = useCallback(() => {
    key.current = null;
  }, []);

  /** The next visit begins anew; what stands in the form now keeps its key. */
  const forget = useCallback(() => sessionStorage.removeItem(storageKey), [storageKey]);

  const discard = useCallback(() => {
    key.current = null;
    forget();
  }, [forget]);

  return { restored, save, forget, discard, idempotencyKey, renewKey };
}

function readDraft(storageKey: string): Draft<unknown> | null {
  try {
    const draft: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? "null");
    if (typeof draft !== "object" || draft === null || !("values" in draft) || !("idempotencyKey" in draft))
      return null;
    const { values, idempotencyKey } = draft;
    return { values, idempotencyKey: typeof idempotencyKey === "string" ? idempotencyKey : null };
  } catch {
    return null;
  }
}
