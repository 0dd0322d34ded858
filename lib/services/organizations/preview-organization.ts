import type { CredentialInput, PreviewAnswer } from "@/lib/domain/organization-credential";
import type { RequestContext } from "@/lib/services/context";
import { requireOperator } from "@/lib/services/operations/require-operator";
import { examineCredential } from "./examine-credential";
import { connectedAs, isKeyTaken } from "./taken";

/** What a credential would bring, for the page that asks whether to keep it. It is tried and forgotten. */
export async function previewOrganization({
  context,
  input,
}: {
  context: RequestContext;
  input: CredentialInput;
}): Promise<PreviewAnswer> {
  requireOperator(context, "organization:manage");
  const seen = await examineCredential(context, input);
  await context.organizations.refresh(0);
  return {
    username: input.username,
    organizations: seen.map((organization) => ({
      ...organization,
      refusal: organization.refusal ?? connectedAs(context, organization),
      keyTaken: isKeyTaken(context, String(organization.mixpanelId)),
    })),
  };
}
