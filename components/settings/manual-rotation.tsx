import { TextLink } from "@/components/ui/text-link";
import type { CredentialView } from "@/lib/domain/organization-credential";
import { pages } from "@/lib/paths/paths";

/** For a credential that the console cannot write: what a person does instead. */
export function ManualRotation({ organizationKey, view }: { organizationKey: string; view: CredentialView }) {
  return (
    <details className="rounded-md border border-line bg-sunken px-3 py-2">
      <summary className="cursor-pointer font-medium">How to rotate this credential</summary>
      <p className="mt-2 text-pretty text-ink-muted">
        It is configured outside the console, which therefore cannot switch by itself. Three steps:
      </p>
      <ol className="mt-2 grid list-decimal gap-1.5 pl-5">
        <li>
          <TextLink href={pages.createServiceAccount(organizationKey)}>Create a service account</TextLink> with the role{" "}
          {view.role ?? "owner or admin"}, and copy its username and secret.
        </li>
        <li>
          Put them in the place of the earlier ones, in MIXPANEL_SERVICE_ACCOUNT and MIXPANEL_SERVICE_ACCOUNT_SECRET or
          in the organizations file, and restart the console.
        </li>
        <li>
          When this page shows the new username, delete{" "}
          <span className="break-all font-mono text-sm">{view.username}</span> from the{" "}
          <TextLink href={pages.serviceAccounts(organizationKey)}>list of service accounts</TextLink>.
        </li>
      </ol>
    </details>
  );
}
