"use client";

import { useQuery } from "@tanstack/react-query";
import { Notice } from "@/components/ui/notice";
import { readinessQuery } from "@/lib/api-client/health";

/** Says on every page when no change can be recorded, and so none is allowed, or when the console is out of reach. */
export function ReadinessBanner() {
  const { data } = useQuery(readinessQuery());
  if (data === "not_ready") {
    return (
      <Notice banner tone="critical" role="status" title="Read-only: no change can be recorded, so none is allowed.">
        What was stored can be read. Ask whoever runs Keywarden to check its database and disk.
      </Notice>
    );
  }
  if (data === "offline") {
    return (
      <Notice banner tone="warning" role="status" title="The console cannot be reached.">
        What you see is from before. What you type is kept; changes go through when the connection is back.
      </Notice>
    );
  }
  return null;
}
