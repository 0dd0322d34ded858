import { ExpiryBadge } from "@/components/service-accounts/expiry-badge";
import { type Definition, DefinitionList } from "@/components/ui/definition-list";
import { RelativeTime } from "@/components/ui/relative-time";
import type { CredentialView } from "@/lib/domain/organization-credential";

/** Where the credential comes from, what it may do and until when; never the secret. */
export function CredentialFacts({ view }: { view: CredentialView }) {
  return (
    <DefinitionList
      columns={3}
      items={[
        { term: "Username", value: <code className="font-mono text-sm">{view.username}</code> },
        { term: "Role", value: view.role ?? "Not known yet" },
        { term: "Expires", value: <Expiry view={view} /> },
        sourceOf(view),
      ]}
    />
  );
}

function Expiry({ view: { account } }: { view: CredentialView }) {
  if (!account) return "Not known: it is not in the inventory";
  return (
    <span className="flex flex-wrap items-center gap-2">
      {account.expiresAt ? <RelativeTime at={account.expiresAt} remote tooltip /> : null}
      <ExpiryBadge expiresAt={account.expiresAt} />
    </span>
  );
}

function sourceOf({ source, addedBy, addedAt, replacedBy, replacedAt }: CredentialView): Definition {
  if (source === "environment") {
    return { term: "Source", value: "The environment, or the organizations file" };
  }
  const added = addedAt && addedBy ? <RelativeTime prefix={`Added by ${addedBy}`} at={addedAt} /> : "Added here";
  const replaced =
    replacedAt && replacedBy ? <RelativeTime prefix={`Last replaced by ${replacedBy}`} at={replacedAt} /> : null;
  return { term: "Source", value: added, ...(replaced && { hint: replaced }) };
}
