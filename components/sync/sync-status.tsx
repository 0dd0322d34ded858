"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { ProgressBar } from "@/components/ui/progress-bar";
import { RelativeTime } from "@/components/ui/relative-time";
import { newIdempotencyKey } from "@/lib/api-client/fetch-json";
import { queryKeys } from "@/lib/api-client/query-keys";
import { startSync, syncQuery } from "@/lib/api-client/sync";

/** From when the stored picture is, the way to a newer one, and how far a running sync has come. */
export function SyncStatus({ organizationKey }: { organizationKey: string }) {
  const { data: sync } = useQuery(syncQuery(organizationKey));
  const start = useStartSync(organizationKey);
  useRefreshAfterSync(organizationKey, sync?.running ?? false, sync?.asOf ?? null);
  if (!sync) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-muted text-sm" data-tour="as-of">
      {sync.running && sync.projectsTotal > 0 ? (
        <span className="w-56">
          <ProgressBar label="Syncing" value={sync.projectsDone} max={sync.projectsTotal} unit="projects" />
        </span>
      ) : sync.asOf ? (
        <span>
          <RelativeTime prefix="As of" at={sync.asOf} tooltip />
        </span>
      ) : (
        <span>Not read yet</span>
      )}
      <Button
        variant="ghost"
        size="sm"
        icon={<RefreshCw aria-hidden />}
        loading={sync.running || start.isPending}
        onClick={() => start.mutate({})}
      >
        Sync now
      </Button>
    </div>
  );
}

/** Starts a sync; `acceptDoubt` lets a suspiciously empty answer replace the stored picture. */
export function useStartSync(organizationKey: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { acceptDoubt?: boolean }) => startSync(organizationKey, input, newIdempotencyKey()),
    onSuccess: (sync) => client.setQueryData(syncQuery(organizationKey).queryKey, sync),
  });
}

/** A sync that ended brings the organization's screens up to date; nothing else of them is asked again. */
function useRefreshAfterSync(organizationKey: string, running: boolean, asOf: string | null) {
  const client = useQueryClient();
  const before = useRef({ running, asOf });
  useEffect(() => {
    const ended = before.current.running && !running;
    const newer = before.current.asOf !== null && before.current.asOf !== asOf;
    before.current = { running, asOf };
    if (ended || newer) client.invalidateQueries({ queryKey: queryKeys.organization(organizationKey) });
  }, [client, organizationKey, running, asOf]);
}
