import { CircleCheck, CircleDashed, CircleDot, CircleMinus } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { RelativeTime } from "@/components/ui/relative-time";
import { type TimelineEntry, timelineOf } from "@/lib/domain/rotation-timeline";
import type { RotationView } from "@/lib/domain/rotation-view";

const looks: Record<TimelineEntry["state"], { icon: ReactNode; word: string }> = {
  done: { icon: <CircleCheck aria-hidden className="text-accent" />, word: "Done" },
  current: { icon: <CircleDot aria-hidden className="text-notice" />, word: "Now" },
  later: { icon: <CircleDashed aria-hidden className="text-ink-muted" />, word: "Later" },
  left_out: { icon: <CircleMinus aria-hidden className="text-ink-muted" />, word: "Left out" },
};

/** What has happened, what is next and what comes later, each with who and when. */
export function RotationTimeline({ rotation }: { rotation: RotationView }) {
  const entries = timelineOf(rotation);
  return (
    <ol className="grid" aria-label="Timeline">
      {entries.map((entry, index) => (
        <li
          key={entry.id}
          aria-current={entry.state === "current" ? "step" : undefined}
          className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-3"
        >
          <span className="flex flex-col items-center [&_svg]:size-4 [&_svg]:shrink-0">
            <span className="flex h-5 items-center">{looks[entry.state].icon}</span>
            {index < entries.length - 1 ? <span className="my-1 w-px flex-1 bg-line" /> : null}
          </span>
          <div className="min-w-0 pb-4">
            <p className={cx("flex flex-wrap items-baseline gap-x-2", entry.state === "later" && "text-ink-muted")}>
              <span className={entry.state === "later" ? undefined : "font-medium"}>
                <span className="sr-only">{looks[entry.state].word}: </span>
                {entry.title}
              </span>
              <When entry={entry} />
            </p>
            <p className="wrap-anywhere text-pretty text-ink-muted text-sm">{entry.text}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}

function When({ entry: { at, by, due, state } }: { entry: TimelineEntry }) {
  const who = by === null ? "" : `by ${by}`;
  if (state === "done") {
    return (
      <span className="text-ink-muted text-sm">
        {at ? <RelativeTime at={at} /> : null} {who}
      </span>
    );
  }
  if (due === null) return null;
  return (
    <span className="text-ink-muted text-sm">
      <RelativeTime prefix={state === "current" ? "until" : "planned"} at={due} />
    </span>
  );
}
