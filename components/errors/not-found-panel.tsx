import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";

export function NotFoundPanel() {
  return (
    <EmptyState
      page
      kind="no-match"
      title="This page does not exist"
      action={<LinkButton href="/">Go to the start</LinkButton>}
    >
      Check the address. What it named may have been deleted, or the organization is not set up here.
    </EmptyState>
  );
}
