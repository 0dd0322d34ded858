"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { FailurePanel } from "@/components/errors/failure-panel";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { ApiError, needsFreshSignIn, needsSignIn } from "@/lib/api-client/api-error";
import { signInAddress } from "@/lib/api-client/sign-in";

/** Why a change did not go through; offers to sign in where that is what is missing. */
export function ChangeFailure({ error, changed }: { error: unknown; changed: string }) {
  const pathname = usePathname();
  const search = useSearchParams().toString();
  if (!needsSignIn(error)) {
    const known =
      error instanceof ApiError && error.code !== "outcome_unknown" && error.code !== "operation_in_progress";
    return <FailurePanel error={error} changed={known ? changed : undefined} />;
  }
  async function signIn() {
    const callbackUrl = search ? `${pathname}?${search}` : pathname;
    location.assign(await signInAddress({ callbackUrl, fresh: needsFreshSignIn(error) }));
  }
  return (
    <Notice
      tone="warning"
      role="alert"
      title={error.failure.title}
      action={
        <Button variant="primary" onClick={signIn}>
          Sign in
        </Button>
      }
    >
      {changed} {error.failure.advice}
    </Notice>
  );
}
