import type { Metadata } from "next";
import { Entrance } from "@/components/sign-in/entrance";
import { SignInButton } from "@/components/sign-in/sign-in-button";
import { Notice } from "@/components/ui/notice";
import { callbackPath } from "@/lib/auth/callback-path";
import { firstValue } from "@/lib/auth/first-value";
import { signInProblem } from "@/lib/auth/sign-in-problem";
import { appContext } from "@/lib/services/process";

export const metadata: Metadata = { title: "Sign in" };

type SignInPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const query = await searchParams;
  const problem = signInProblem(firstValue(query.error));
  const signedOut = query.signedOut !== undefined;
  const callbackUrl = callbackPath(firstValue(query.callbackUrl), appContext().environment.signIn.url);
  return (
    <Entrance title="Sign in">
      {problem ? (
        <Notice tone="error" role="alert" title={problem.title}>
          {problem.advice}
        </Notice>
      ) : null}
      {signedOut && !problem ? (
        <Notice tone="quiet" role="status" title="You are signed out.">
          Your company account may still be signed in elsewhere.
        </Notice>
      ) : null}
      <p className="text-pretty text-ink-muted">
        Keywarden manages the service accounts of your Mixpanel organizations. Your company account decides what you may
        do here.
      </p>
      <SignInButton callbackUrl={callbackUrl} signedOut={signedOut} />
    </Entrance>
  );
}
