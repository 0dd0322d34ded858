import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { ProgressBar } from "@/components/ui/progress-bar";
import { RelativeTime } from "@/components/ui/relative-time";
import type { CampaignView } from "@/lib/domain/rotation-view";
import { pages } from "@/lib/paths/paths";

/** A campaign in the list: how far it is and by when. */
export function CampaignRow({ organizationKey, campaign }: { organizationKey: string; campaign: CampaignView }) {
  return (
    <li className="grid items-center gap-x-4 gap-y-1 border-line border-b px-4 py-2 last:border-b-0 sm:grid-cols-[minmax(0,2fr)_minmax(0,2fr)_11rem]">
      <span className="min-w-0">
        <Link
          className="wrap-anywhere rounded-sm font-medium hover:underline"
          href={pages.campaign(organizationKey, campaign.id)}
          prefetch={false}
        >
          {campaign.name}
        </Link>
        <span className="wrap-anywhere block text-ink-muted text-sm">{campaign.chosenBy}</span>
      </span>
      <ProgressBar label="Rotated" value={campaign.done} max={campaign.members.length} />
      <span className="text-ink-muted text-sm">
        {campaign.endedAt ? <Badge>Closed</Badge> : <RelativeTime prefix="Due" at={campaign.dueAt} />}
      </span>
    </li>
  );
}
