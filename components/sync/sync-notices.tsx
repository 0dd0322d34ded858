"use client";

import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { counted } from "@/components/ui/counted";
import { formatAbsoluteTime } from "@/components/ui/format-relative-time";
import { Notice } from "@/components/ui/notice";
import { ProgressBar } from "@/components/ui/progress-bar";
import { RelativeTime } from "@/components/ui/relative-time";
import { syncQuery } from "@/lib/api-client/sync";
import type { SyncView } from "@/lib/domain/inventory-view";
import { useStartSync } from "./sync-status";

/** What an operator has to know about the picture below: a failed or doubtful refresh, unread projects, a clock apart. */
export function SyncNotices({ organizationKey }: { organizationKey: string }) {
  const { data: sync } = useQuery(syncQuery(organizationKey));
  if (!sync) return null;
  return (
    <div className="flex flex-col gap-2 empty:hidden">
      {sync.asOf === null && sync.problem === null ? <FirstSync sync={sync} /> : null}
      {sync.problem ? <Problem organizationKey={organizationKey} sync={sync} problem={sync.problem} /> : null}
      {sync.doubt ? <Doubt organizationKey={organizationKey} doubt={sync.doubt} /> : null}
      {sync.unreadProjects > 0 ? (
        <Notice tone="notice" title={`${counted(sync.unreadProjects, "project")} could not be read at the last sync.`}>
          Their members are shown as they were before.
        </Notice>
      ) : null}
      {sync.clockSkewMs !== null ? (
        <Notice tone="warning" title="This server's clock and Mixpanel's are apart.">
          They differ by {Math.round(Math.abs(sync.clockSkewMs) / 60_000)} minutes. Expiry and use are measured by
          Mixpanel's clock; what Keywarden records carries this server's: ask whoever runs it to correct it.
        </Notice>
      ) : null}
    </div>
  );
}

function FirstSync({ sync }: { sync: SyncView }) {
  return (
    <Notice tone="notice" role="status" title="Reading this organization for the first time.">
      <ProgressBar label="Projects read" value={sync.projectsDone} max={sync.projectsTotal || null} unit="projects" />
    </Notice>
  );
}

type ProblemProps = { organizationKey: string; sync: SyncView; problem: NonNullable<SyncView["problem"]> };

function Problem({ organizationKey, sync, problem }: ProblemProps) {
  const start = useStartSync(organizationKey);
  return (
    <Notice
      tone="error"
      role="status"
      title={problem.title}
      action={
        <Button size="sm" loading={sync.running || start.isPending} onClick={() => start.mutate({})}>
          Try again
        </Button>
      }
    >
      {problem.reason ? <span>{problem.reason} </span> : null}
      {problem.advice}{" "}
      {sync.asOf ? (
        <span>
          Showing data from <RelativeTime at={sync.asOf} />.
        </span>
      ) : (
        <span>Nothing has been read yet.</span>
      )}
      {problem.retryAt ? <span> Keywarden asks again after {formatAbsoluteTime(problem.retryAt)}.</span> : null}
    </Notice>
  );
}

function Doubt({ organizationKey, doubt }: { organizationKey: string; doubt: string }) {
  const start = useStartSync(organizationKey);
  return (
    <Notice
      tone="warning"
      role="status"
      title={`Mixpanel's answer is in doubt: ${doubt}.`}
      action={
        <Button size="sm" loading={start.isPending} onClick={() => start.mutate({ acceptDoubt: true })}>
          It is right, take it over
        </Button>
      }
    >
      Nothing was replaced. Check in Mixpanel whether this is so before you take it over.
    </Notice>
  );
}
