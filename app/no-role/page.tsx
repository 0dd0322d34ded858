import type { Metadata } from "next";
import { Entrance } from "@/components/sign-in/entrance";
import { SignInButton } from "@/components/sign-in/sign-in-button";
import { DefinitionList } from "@/components/ui/definition-list";
import { firstValue } from "@/lib/auth/first-value";
import { refusalText } from "@/lib/auth/refusal-text";
import { operatorRoles } from "@/lib/domain/operator";
import { pages } from "@/lib/paths/paths";
import { appContext } from "@/lib/services/process";

export const metadata: Metadata = { title: "No role" };

type NoRolePageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NoRolePage({ searchParams }: NoRolePageProps) {
  const { title, explanation, byGroups } = refusalText(firstValue((await searchParams).reason));
  const { signIn, administratorContact } = appContext().environment;
  const roles = operatorRoles.filter((role) => signIn.groups[role].length > 0);
  return (
    <Entrance title={title}>
      <div className="grid gap-2 text-pretty">
        <p>{explanation}</p>
        <p>
          Ask {administratorContact ?? "the administrator of Keywarden in your company"} to{" "}
          {byGroups ? "put you in one of these groups" : "have this put right"}, then sign in again.
        </p>
      </div>
      {byGroups ? (
        <DefinitionList items={roles.map((role) => ({ term: role, value: signIn.groups[role].join(", ") }))} />
      ) : null}
      <SignInButton callbackUrl={pages.organizations} signedOut />
    </Entrance>
  );
}
