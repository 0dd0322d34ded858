import type { Metadata } from "next";
import { Entrance } from "@/components/sign-in/entrance";
import { SignInButton } from "@/components/sign-in/sign-in-button";
import { firstValue } from "@/lib/auth/first-value";
import { refusalText } from "@/lib/auth/refusal-text";
import { pages } from "@/lib/paths/paths";
import { appContext } from "@/lib/services/process";

export const metadata: Metadata = { title: "No role" };

type NoRolePageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NoRolePage({ searchParams }: NoRolePageProps) {
  const { title, explanation, byGroups } = refusalText(firstValue((await searchParams).reason));
  // Anybody may open this page: it names whom to ask, and none of the groups that open the console.
  const { administratorContact } = appContext().environment;
  return (
    <Entrance title={title}>
      <div className="grid gap-2 text-pretty">
        <p>{explanation}</p>
        <p>
          Ask {administratorContact ?? "the administrator of Keywarden in your company"} to{" "}
          {byGroups ? "put you in a group that has a role here" : "have this put right"}, then sign in again.
        </p>
      </div>
      <SignInButton callbackUrl={pages.organizations} signedOut />
    </Entrance>
  );
}
