import { CircleCheck } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { FindingPage } from "@/lib/domain/finding-view";
import type { FindingQueryState } from "./use-finding-query";

/** Tells "all is well" from "none match" from "nobody has looked yet". */
export function NoFindings({
  state: { query, clear, filtered },
  page,
}: {
  state: FindingQueryState;
  page: FindingPage;
}) {
  if (filtered) {
    return (
      <EmptyState
        kind="no-match"
        title={query.search ? `No findings match "${query.search}"` : "No findings match these filters"}
        action={<Button onClick={clear}>Clear filters</Button>}
      />
    );
  }
  if (page.judgedAt === null) {
    return (
      <EmptyState kind="none-yet" title="Not judged yet">
        Every service account is judged by the policy when the first sync is done.
      </EmptyState>
    );
  }
  if (query.state === "accepted") {
    return (
      <EmptyState kind="none-yet" title="Nothing is accepted">
        A finding that somebody answers for, with a reason and an end, is shown here instead of among the open ones.
      </EmptyState>
    );
  }
  return (
    <EmptyState kind="none-yet" icon={<CircleCheck aria-hidden />} title="Every service account follows the policy">
      Nothing departs from it that nobody answers for.
    </EmptyState>
  );
}
