"use client";

import { useQuery } from "@tanstack/react-query";
import { ChangeFailure } from "@/components/changes/change-failure";
import { useChange } from "@/components/changes/use-change";
import { FailurePanel } from "@/components/errors/failure-panel";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { SectionCard } from "@/components/ui/section-card";
import { Skeleton } from "@/components/ui/skeleton";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "@/components/ui/table";
import { endOwnSessions, ownSessionsQuery } from "@/lib/api-client/operator";
import type { EndOwnSessionsInput, OwnSessions as Sessions } from "@/lib/domain/operator-session";

/** Where the operator is signed in; each session but this one can be ended here. */
export function OwnSessions() {
  const own = useQuery(ownSessionsQuery());
  const end = useChange("", endOwnSessions);
  const ask = (input: EndOwnSessionsInput) => end.mutate(input, { onSettled: () => own.refetch() });
  const sessions = own.data?.sessions ?? [];
  const alone = sessions.every(({ current }) => current);
  return (
    <SectionCard
      title="Your sessions"
      description="Where you are signed in. One that you end is asked to sign in again on its next request."
      padded={false}
      actions={
        <Button
          size="sm"
          disabledReason={alone ? "You are signed in nowhere else." : undefined}
          loading={end.isPending}
          onClick={() => ask({ sessionId: null })}
        >
          End all others
        </Button>
      }
    >
      {end.error ? (
        <div className="p-4">
          <ChangeFailure error={end.error} changed="No session was ended." />
        </div>
      ) : null}
      {own.error ? (
        <FailurePanel error={own.error} onRetry={() => own.refetch()} />
      ) : own.data ? (
        <SessionList sessions={sessions} onEnd={(sessionId) => ask({ sessionId })} />
      ) : (
        <Skeleton className="m-4 h-16" />
      )}
    </SectionCard>
  );
}

function SessionList({ sessions, onEnd }: Sessions & { onEnd: (id: string) => void }) {
  return (
    <Table label="Own sessions" className="max-h-80 rounded-none border-0">
      <TableHead>
        <tr>
          <HeaderCell>Signed in from</HeaderCell>
          <HeaderCell>Since</HeaderCell>
          <HeaderCell>Last seen</HeaderCell>
          <HeaderCell align="end">
            <span className="sr-only">Action</span>
          </HeaderCell>
        </tr>
      </TableHead>
      <tbody>
        {sessions.map(({ id, address, startedAt, seenAt, current }) => (
          <TableRow key={id}>
            <Cell>{address ?? "An unknown address"}</Cell>
            <Cell>
              <RelativeTime at={startedAt} />
            </Cell>
            <Cell>
              <RelativeTime at={seenAt} />
            </Cell>
            <Cell align="end">
              {current ? (
                <Badge>This session</Badge>
              ) : (
                <Button size="sm" variant="ghost" onClick={() => onEnd(id)}>
                  End
                </Button>
              )}
            </Cell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
