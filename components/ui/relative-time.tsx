"use client";

import { formatAbsoluteTime, formatRelativeTime } from "./format-relative-time";
import { useNow, useRemoteNow } from "./now-provider";
import { Tooltip } from "./tooltip";

type RelativeTimeProps = {
  /** ISO 8601. */
  at: string;
  /** Before it, inside the same words: "Expires". */
  prefix?: string;
  /** Reachable with the keyboard and by finger; for details, not for each cell of a long table. */
  tooltip?: boolean;
  /** The time was told by another machine, and is measured by its clock. */
  remote?: boolean;
  className?: string;
};

/** "in 3 days"; the absolute time with its zone shows on hover. */
export function RelativeTime({ at, prefix, tooltip = false, remote = false, className }: RelativeTimeProps) {
  const ours = useNow();
  const theirs = useRemoteNow();
  const absolute = formatAbsoluteTime(at);
  const words = [prefix, formatRelativeTime(at, remote ? theirs : ours)].filter(Boolean).join(" ");
  if (!tooltip) {
    return (
      <time dateTime={at} title={absolute} className={className}>
        {words}
      </time>
    );
  }
  return (
    <Tooltip content={absolute} openOnPress>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the absolute time has to be reachable without a mouse */}
      <time dateTime={at} tabIndex={0} className={className}>
        {words}
      </time>
    </Tooltip>
  );
}
