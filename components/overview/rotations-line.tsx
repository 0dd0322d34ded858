import { CalendarClock } from "lucide-react";
import { counted } from "@/components/ui/counted";
import { LinkButton } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import type { Overview } from "@/lib/domain/inventory-view";
import { pages } from "@/lib/paths/paths";

type RotationsLineProps = { organizationKey: string; counts: Overview["counts"] };

/** The date that counts is not the expiry but the day by which somebody has to begin. */
export function RotationsLine({ organizationKey, counts: { rotationsDue, rotationsLate } }: RotationsLineProps) {
  if (rotationsDue === 0) return null;
  const late = rotationsLate === rotationsDue ? "All of them" : String(rotationsLate);
  return (
    <Notice
      tone={rotationsLate > 0 ? "warning" : "notice"}
      icon={<CalendarClock aria-hidden />}
      title={`${counted(rotationsDue, "rotation")} should start this week`}
      action={
        <LinkButton href={pages.serviceAccounts(organizationKey, "rotation=7&sort=rotateBy")}>
          {rotationsDue === 1 ? "Show it" : "Show them"}
        </LinkButton>
      }
    >
      {rotationsLate > 0 ? `${late} should have started already: ` : null}
      what is left until the expiry is less than the owner's lead time and the overlap of both secrets.
    </Notice>
  );
}
