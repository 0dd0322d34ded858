"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { describeFailure } from "@/lib/api-client/api-error";
import { signInAddress } from "@/lib/api-client/sign-in";

type Start = "usual" | "other";

/** Leads to the identity provider and back to `callbackUrl`. */
export function SignInButton({ callbackUrl, signedOut }: { callbackUrl: string; signedOut: boolean }) {
  const [starting, setStarting] = useState<Start | null>(null);
  const [error, setError] = useState<unknown>(null);

  async function start(how: Start) {
    setStarting(how);
    setError(null);
    try {
      // After a sign-out the provider asks who it is: its own session may still be somebody else's.
      location.assign(await signInAddress({ callbackUrl, fresh: how === "other" || signedOut }));
    } catch (caught) {
      setError(caught);
      setStarting(null);
    }
  }

  const failure = error ? describeFailure(error) : null;
  return (
    <div className="grid gap-3">
      {failure ? (
        <Notice tone="error" role="alert" title={failure.title}>
          {failure.reason ?? failure.advice}
        </Notice>
      ) : null}
      <Button variant="primary" size="lg" loading={starting === "usual"} onClick={() => start("usual")}>
        Sign in with your company account
      </Button>
      <Button variant="ghost" loading={starting === "other"} onClick={() => start("other")}>
        Use another account
      </Button>
    </div>
  );
}
