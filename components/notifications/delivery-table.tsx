"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useChange } from "@/components/changes/use-change";
import { FailurePanel } from "@/components/errors/failure-panel";
import { useOperator } from "@/components/operator/operator-provider";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Pagination } from "@/components/ui/pagination";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "@/components/ui/table";
import { deliveriesQuery, retryDelivery } from "@/lib/api-client/notifications";
import type { Delivery } from "@/lib/domain/notification";
import type { ChannelView } from "@/lib/domain/notification-channel";
import { hasPermission } from "@/lib/domain/operator";

type DeliveryTableProps = { organizationKey: string; channel: ChannelView };
const PAGE = 20;

/** What went out through a channel, what waits, and why. */
export function DeliveryTable({ organizationKey, channel }: DeliveryTableProps) {
  const [page, setPage] = useState(1);
  const deliveries = useQuery(deliveriesQuery(organizationKey, channel.id, page));
  if (deliveries.error) return <FailurePanel error={deliveries.error} onRetry={() => deliveries.refetch()} />;
  if (!deliveries.data) return <Skeleton className="h-24" />;
  if (deliveries.data.total === 0) {
    return <p className="text-ink-muted">Nothing was due yet. Warnings appear here when they go out.</p>;
  }
  return (
    <div className="grid gap-2">
      <Table label={`Deliveries of ${channel.name}`} className="max-h-120">
        <TableHead>
          <tr>
            {["Made", "What", "To", "State"].map((name) => (
              <HeaderCell key={name}>{name}</HeaderCell>
            ))}
            <HeaderCell align="end">Tries</HeaderCell>
            <HeaderCell align="end">
              <span className="sr-only">Action</span>
            </HeaderCell>
          </tr>
        </TableHead>
        <tbody>
          {deliveries.data.rows.map((delivery) => (
            <DeliveryRow
              key={delivery.id}
              organizationKey={organizationKey}
              delivery={delivery}
              target={delivery.recipient ?? channel.host ?? ""}
            />
          ))}
        </tbody>
      </Table>
      {deliveries.data.total > PAGE ? (
        <Pagination
          label={`deliveries of ${channel.name}`}
          page={page}
          pageSize={PAGE}
          total={deliveries.data.total}
          waiting={deliveries.isPlaceholderData}
          onPageChange={setPage}
        />
      ) : null}
    </div>
  );
}

type RowProps = { organizationKey: string; delivery: Delivery; target: string };

function DeliveryRow({ organizationKey, delivery, target }: RowProps) {
  const mayManage = hasPermission(useOperator().role, "channel:manage");
  const retry = useChange(organizationKey, (_: null, key) => retryDelivery(organizationKey, delivery.id, key));
  return (
    <TableRow>
      <Cell>
        <RelativeTime at={delivery.createdAt} />
      </Cell>
      <Cell className="max-w-96 truncate" title={delivery.summary}>
        {delivery.summary}
      </Cell>
      <Cell className="max-w-56 truncate" title={target}>
        {target}
      </Cell>
      <Cell>
        <DeliveryState delivery={delivery} />
      </Cell>
      <Cell align="end">{delivery.attempts}</Cell>
      <Cell align="end">
        {mayManage && delivery.state !== "delivered" ? (
          <Button size="sm" variant="ghost" loading={retry.isPending} onClick={() => retry.mutate(null)}>
            Retry now
          </Button>
        ) : null}
      </Cell>
    </TableRow>
  );
}

function DeliveryState({ delivery }: { delivery: Delivery }) {
  if (delivery.state === "delivered") {
    return (
      <span className="inline-flex items-center gap-2">
        <Badge tone="accent">Arrived</Badge>
        {delivery.deliveredAt ? <RelativeTime at={delivery.deliveredAt} /> : null}
      </span>
    );
  }
  return (
    <span className="inline-flex items-center gap-2">
      {delivery.state === "abandoned" ? <Badge tone="error">Given up</Badge> : <Badge tone="warning">Waiting</Badge>}
      {delivery.lastError}
      {delivery.nextAttemptAt && delivery.attempts > 0 ? (
        <span className="text-ink-muted">
          Next try <RelativeTime at={delivery.nextAttemptAt} />
        </span>
      ) : null}
    </span>
  );
}
