"use client";

import Link from "next/link";
import { expiryLooks } from "@/components/service-accounts/expiry-badge";
import { counted } from "@/components/ui/counted";
import { cx } from "@/components/ui/cx";
import { useRemoteNow } from "@/components/ui/now-provider";
import { SectionCard } from "@/components/ui/section-card";
import { type TimelineItem, type TimelineMonth, timelineMonths } from "@/lib/domain/expiry-timeline";
import { type ExpiryState, expiryState } from "@/lib/domain/service-account";
import { pages } from "@/lib/paths/paths";

const monthName = new Intl.DateTimeFormat("en", { month: "short", year: "2-digit", timeZone: "UTC" });

const markColours: Record<ExpiryState, string> = {
  expired: "bg-error",
  critical: "bg-critical",
  warning: "bg-warning",
  notice: "bg-notice",
  later: "bg-line-strong",
  never: "bg-never",
};

type ExpiryTimelineProps = {
  organizationKey: string;
  items: readonly TimelineItem[];
  counts: Readonly<Record<string, number>>;
};

/** Twelve months on one horizon; each mark is an account, each column's words say the same without colour. */
export function ExpiryTimeline({ organizationKey, items, counts }: ExpiryTimelineProps) {
  const now = new Date(useRemoteNow());
  const months = timelineMonths(items, counts, now);
  return (
    <SectionCard title="Expiry timeline" description="Service accounts by the month in which they stop working.">
      <ol className="grid grid-cols-3 gap-x-2 gap-y-4 sm:grid-cols-6 xl:grid-cols-12">
        {months.map((month) => (
          <Month key={month.month} organizationKey={organizationKey} month={month} now={now} />
        ))}
      </ol>
    </SectionCard>
  );
}

type MonthProps = { organizationKey: string; month: TimelineMonth; now: Date };

function Month({ organizationKey, month: { month, count, items }, now }: MonthProps) {
  return (
    <li className="flex flex-col justify-end gap-1.5 border-line border-b pb-2">
      <div className="flex min-h-24 flex-wrap-reverse content-start items-end gap-1">
        {items.map((item) => {
          const state = expiryState(item.expiresAt, now);
          return (
            <Link
              key={item.id}
              href={pages.serviceAccount(organizationKey, item.id)}
              prefetch={false}
              title={`${item.name}, ${item.expiresAt.slice(0, 10)}`}
              aria-label={`${item.name} expires ${item.expiresAt.slice(0, 10)}, ${expiryLooks[state].word}`}
              className="flex size-6 items-center justify-center rounded-sm hover:bg-hover"
            >
              <span className={cx("size-3 rounded-xs", markColours[state])} />
            </Link>
          );
        })}
        {count > items.length ? (
          <span className="w-full text-ink-muted text-xs">+{(count - items.length).toLocaleString("en")} more</span>
        ) : null}
      </div>
      <p className="text-sm">
        <span className="block font-medium">{monthName.format(new Date(`${month}-01T00:00:00Z`))}</span>
        <span className="text-ink-muted">{count === 0 ? "none" : counted(count, "account")}</span>
      </p>
    </li>
  );
}
