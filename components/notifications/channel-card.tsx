"use client";

import { Mail, MessageSquare, Webhook } from "lucide-react";
import { useState } from "react";
import { ChangeFailure } from "@/components/changes/change-failure";
import { useChange } from "@/components/changes/use-change";
import { useOperator } from "@/components/operator/operator-provider";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { testChannel } from "@/lib/api-client/notifications";
import type { ChannelView } from "@/lib/domain/notification-channel";
import { hasPermission } from "@/lib/domain/operator";
import { ChannelDialog } from "./channel-dialog";
import { ChannelFacts } from "./channel-facts";
import { kindNames } from "./channel-form";
import { DeliveryTable } from "./delivery-table";
import { RemoveChannelDialog } from "./remove-channel-dialog";

const icons = { mail: <Mail aria-hidden />, slack: <MessageSquare aria-hidden />, webhook: <Webhook aria-hidden /> };
type Opened = "change" | "remove" | null;

/** One channel: where it sends, whether it arrives, and what may be done about it. */
export function ChannelCard({ organizationKey, channel }: { organizationKey: string; channel: ChannelView }) {
  const mayManage = hasPermission(useOperator().role, "channel:manage");
  const [opened, setOpened] = useState<Opened>(null);
  const [showsDeliveries, setShowsDeliveries] = useState(false);
  const test = useChange(organizationKey, (_: null, key) => testChannel(organizationKey, channel.id, key));
  const close = () => setOpened(null);
  return (
    <section aria-label={channel.name} className="grid gap-3">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-wrap items-center gap-2">
          <h2 className="min-w-0 wrap-anywhere font-semibold">{channel.name}</h2>
          <Badge icon={icons[channel.kind]}>{kindNames[channel.kind]}</Badge>
          {channel.enabled ? null : <Badge>Off</Badge>}
          {channel.failingSince ? <Badge tone="critical">Not arriving</Badge> : null}
        </div>
        <div className="flex flex-wrap gap-2">
          {mayManage ? (
            <>
              <Button size="sm" loading={test.isPending} onClick={() => test.mutate(null)}>
                Send a test
              </Button>
              <Button size="sm" onClick={() => setOpened("change")}>
                Change
              </Button>
              <Button size="sm" variant="ghost" onClick={() => setOpened("remove")}>
                Remove
              </Button>
            </>
          ) : null}
          <Button
            size="sm"
            variant="ghost"
            aria-expanded={showsDeliveries}
            onClick={() => setShowsDeliveries(!showsDeliveries)}
          >
            Deliveries
          </Button>
        </div>
      </div>
      <ChannelFacts channel={channel} />
      {test.data ? (
        <Notice tone={test.data.delivered ? "accent" : "critical"} role="status" onDismiss={() => test.reset()}>
          {test.data.message}
        </Notice>
      ) : null}
      {test.error ? <ChangeFailure error={test.error} changed="Nothing was sent." /> : null}
      {showsDeliveries ? <DeliveryTable organizationKey={organizationKey} channel={channel} /> : null}
      {opened === "change" ? (
        <ChannelDialog organizationKey={organizationKey} subject={channel} onClose={close} />
      ) : null}
      {opened === "remove" ? (
        <RemoveChannelDialog organizationKey={organizationKey} channel={channel} onClose={close} />
      ) : null}
    </section>
  );
}
