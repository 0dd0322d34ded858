"use client";

import { useQuery } from "@tanstack/react-query";
import { formatAbsoluteTime } from "@/components/ui/format-relative-time";
import { Notice } from "@/components/ui/notice";
import { useNow } from "@/components/ui/now-provider";
import { TextLink } from "@/components/ui/text-link";
import { channelsQuery } from "@/lib/api-client/notifications";
import { TARGET_DOWN_AFTER_MS } from "@/lib/domain/notification-channel";
import { pages } from "@/lib/paths/paths";

/** Says on every page of an organization when warnings have not arrived somewhere for an hour. */
export function DownBanner({ organizationKey }: { organizationKey: string }) {
  const now = useNow();
  const { data } = useQuery(channelsQuery(organizationKey));
  const down = (data?.channels ?? []).filter(
    ({ enabled, failingSince }) =>
      enabled && failingSince !== null && now - Date.parse(failingSince) >= TARGET_DOWN_AFTER_MS,
  );
  const [first, ...others] = down;
  if (!first?.failingSince) return null;
  const more = others.length > 0 ? ` and ${others.length} more` : "";
  return (
    <Notice banner tone="warning" role="status" title={`Warnings do not arrive: ${first.name}${more}.`}>
      Since {formatAbsoluteTime(new Date(first.failingSince))}. They are kept and sent again; everything else goes on.{" "}
      <TextLink href={pages.notifications(organizationKey)}>See notifications</TextLink>
    </Notice>
  );
}
