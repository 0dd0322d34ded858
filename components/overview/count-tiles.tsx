import Link from "next/link";
import { expiryLooks } from "@/components/service-accounts/expiry-badge";
import { cx } from "@/components/ui/cx";
import { type Tone, toneIcons, toneText } from "@/components/ui/tone";
import type { Overview } from "@/lib/domain/inventory-view";
import { expiryStates } from "@/lib/domain/service-account";
import { pages } from "@/lib/paths/paths";

type Counts = Overview["counts"];
type Tile = { title: string; count: number; query: string; tone: Tone };

function tiles(counts: Counts): Tile[] {
  const ladder = expiryStates.map((state) => ({
    title: state === "later" ? "Expire later" : expiryLooks[state].word,
    count: counts[state],
    query: `expiry=${state}`,
    tone: expiryLooks[state].tone,
  }));
  return [
    ...ladder,
    { title: "Never used", count: counts.neverUsed, query: "usage=never_used", tone: "quiet" },
    { title: "Unused for 90 days", count: counts.unused90, query: "usage=unused_90", tone: "quiet" },
    { title: "In no project", count: counts.noProjects, query: "projects=none", tone: "quiet" },
    { title: "Owner or admin", count: counts.ownerOrAdmin, query: "role=owner,admin", tone: "quiet" },
  ];
}

/** Every count is a link to exactly those rows. */
export function CountTiles({ organizationKey, counts }: { organizationKey: string; counts: Counts }) {
  return (
    <ul aria-label="Counts" className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-5">
      {tiles(counts).map(({ title, count, query, tone }) => (
        <li key={title}>
          <Link
            href={pages.serviceAccounts(organizationKey, query)}
            prefetch={false}
            className="block h-full rounded-lg border border-line bg-surface px-4 py-3 hover:border-line-strong"
          >
            <span className="flex items-center gap-1.5 text-ink-muted text-sm">
              {toneIcons[tone] ? (
                <span className={cx("[&_svg]:size-3.5", count > 0 && toneText[tone])}>{toneIcons[tone]}</span>
              ) : null}
              {title}
            </span>
            <span className={cx("block font-semibold text-2xl tabular-nums", count === 0 && "text-ink-muted")}>
              {count.toLocaleString("en")}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
