"use client";

import { useState } from "react";
import { previewOrganization } from "@/lib/api-client/organizations";
import type { CredentialInput, PreviewAnswer } from "@/lib/domain/organization-credential";

/** Tries a credential. It stays in the caller's state: a mutation would keep it in its cache. */
export function usePreview() {
  const [preview, setPreview] = useState<PreviewAnswer | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isPending, setPending] = useState(false);

  async function run(credential: CredentialInput): Promise<void> {
    if (isPending) return;
    setPending(true);
    setError(null);
    try {
      setPreview(await previewOrganization(credential));
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  }
  return { preview, error, isPending, run, forget: () => setPreview(null) };
}
