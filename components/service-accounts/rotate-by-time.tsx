"use client";

import { CalendarClock } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { useRemoteNow } from "@/components/ui/now-provider";
import { RelativeTime } from "@/components/ui/relative-time";
import type { AccountRow } from "@/lib/domain/inventory-view";

type RotateByTimeProps = { account: Pick<AccountRow, "rotateBy" | "expiresAt">; tooltip?: boolean };

/** When its rotation has to start; after that day, while the account still works, it says so. */
export function RotateByTime({ account: { rotateBy, expiresAt }, tooltip = false }: RotateByTimeProps) {
  const now = useRemoteNow();
  if (rotateBy === null || expiresAt === null) return <span className="text-ink-muted">Never expires</span>;
  if (Date.parse(expiresAt) <= now) return <span className="text-ink-muted">Expired</span>;
  const late = Date.parse(rotateBy) <= now;
  return (
    <span className="flex items-center gap-2">
      {late ? (
        <Badge tone="warning" icon={<CalendarClock aria-hidden />}>
          Start now
        </Badge>
      ) : null}
      <RelativeTime at={rotateBy} remote tooltip={tooltip} />
    </span>
  );
}
