"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ChangeFailure } from "@/components/changes/change-failure";
import { useChange } from "@/components/changes/use-change";
import { FailurePanel } from "@/components/errors/failure-panel";
import { useOperator } from "@/components/operator/operator-provider";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { counted } from "@/components/ui/counted";
import { RelativeTime } from "@/components/ui/relative-time";
import { SectionCard } from "@/components/ui/section-card";
import { Skeleton } from "@/components/ui/skeleton";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "@/components/ui/table";
import { endSessionsOf, operatorsQuery } from "@/lib/api-client/operator";
import type { OperatorList } from "@/lib/domain/operator-session";

type Row = OperatorList["operators"][number];

/** Everyone who ever signed in; an administrator ends all sessions of one at once. */
export function SessionTable() {
  const operators = useQuery(operatorsQuery());
  const [ending, setEnding] = useState<Row | null>(null);
  return (
    <SectionCard
      title="Operators and sessions"
      description="Ending sessions takes effect on the next request. It does not take a role away: do that at the identity provider."
      padded={false}
    >
      {operators.error ? (
        <FailurePanel error={operators.error} onRetry={() => operators.refetch()} />
      ) : !operators.data ? (
        <Skeleton className="m-4 h-24" />
      ) : (
        <Table label="Operators" className="max-h-120 rounded-none border-0">
          <TableHead>
            <tr>
              <HeaderCell>Operator</HeaderCell>
              <HeaderCell>Role</HeaderCell>
              <HeaderCell>Last sign-in</HeaderCell>
              <HeaderCell>Last seen</HeaderCell>
              <HeaderCell align="end">Open sessions</HeaderCell>
              <HeaderCell align="end">
                <span className="sr-only">Action</span>
              </HeaderCell>
            </tr>
          </TableHead>
          <tbody>
            {operators.data.operators.map((operator) => (
              <OperatorRow key={operator.id} operator={operator} onEnd={() => setEnding(operator)} />
            ))}
          </tbody>
        </Table>
      )}
      {ending ? <EndSessions operator={ending} onClose={() => setEnding(null)} /> : null}
    </SectionCard>
  );
}

function OperatorRow({ operator, onEnd }: { operator: Row; onEnd: () => void }) {
  return (
    <TableRow>
      <Cell className="max-w-72 truncate" title={operator.email ?? undefined}>
        {operator.name}
      </Cell>
      <Cell>
        <Badge>{operator.role}</Badge>
      </Cell>
      <Cell>
        <RelativeTime at={operator.lastSignInAt} />
      </Cell>
      <Cell>{operator.lastSeenAt ? <RelativeTime at={operator.lastSeenAt} /> : "Not since"}</Cell>
      <Cell align="end">{operator.openSessions}</Cell>
      <Cell align="end">
        <Button
          size="sm"
          variant="ghost"
          disabledReason={operator.openSessions === 0 ? "No session is open." : undefined}
          onClick={onEnd}
        >
          End all sessions
        </Button>
      </Cell>
    </TableRow>
  );
}

function EndSessions({ operator, onClose }: { operator: Row; onClose: () => void }) {
  const self = useOperator().id === operator.id;
  const operators = useQuery(operatorsQuery());
  const end = useChange("", (id: string, key) => endSessionsOf(id, key));
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`End all sessions of ${operator.name}?`}
      description={`${counted(operator.openSessions, "session")} will be asked to sign in again${self ? ", yours too" : ""}. Nothing at Mixpanel changes.`}
      confirmLabel="End all sessions"
      danger
      busy={end.isPending}
      onConfirm={() =>
        end.mutate(operator.id, {
          onSuccess: async () => {
            await operators.refetch();
            onClose();
          },
        })
      }
    >
      {end.error ? <ChangeFailure error={end.error} changed="No session was ended." /> : null}
    </AlertDialog>
  );
}
