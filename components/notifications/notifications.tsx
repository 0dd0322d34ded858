"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { FailurePanel } from "@/components/errors/failure-panel";
import { useOperator } from "@/components/operator/operator-provider";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { channelsQuery } from "@/lib/api-client/notifications";
import { type ChannelKind, channelKinds } from "@/lib/domain/notification-channel";
import { hasPermission } from "@/lib/domain/operator";
import { ChannelCard } from "./channel-card";
import { ChannelDialog } from "./channel-dialog";
import { kindNames } from "./channel-form";

/** Who is warned before a service account expires, and by which way. */
export function Notifications({ organizationKey }: { organizationKey: string }) {
  const mayManage = hasPermission(useOperator().role, "channel:manage");
  const channels = useQuery(channelsQuery(organizationKey));
  const [adding, setAdding] = useState<ChannelKind | null>(null);
  const buttons = mayManage
    ? channelKinds.map((kind) => (
        <Button key={kind} icon={<Plus aria-hidden />} onClick={() => setAdding(kind)}>
          {kindNames[kind]}
        </Button>
      ))
    : null;
  const list = channels.data?.channels ?? [];
  const needsMail = channels.data?.mailReady === false && list.some(({ kind }) => kind === "mail");
  return (
    <>
      <PageHeader
        title="Notifications"
        description="Each threshold before an expiry, and before the day its rotation has to start, is told once."
        actions={list.length > 0 ? buttons : null}
      />
      {needsMail ? (
        <Notice tone="warning" className="mb-4" title="No mail server is configured.">
          Mail waits until KEYWARDEN_SMTP_URL and KEYWARDEN_MAIL_FROM are set and the console was restarted.
        </Notice>
      ) : null}
      {channels.error ? (
        <FailurePanel error={channels.error} onRetry={() => channels.refetch()} />
      ) : !channels.data ? (
        <Skeleton className="h-40" />
      ) : list.length === 0 ? (
        <EmptyState kind="none-yet" title="Nobody is warned yet" action={buttons}>
          {mayManage
            ? "Add a channel: mail to each account's contact, a Slack conversation, or a webhook of your own."
            : "An administrator can add a channel: mail, Slack or a webhook."}
        </EmptyState>
      ) : (
        <ul className="overflow-hidden rounded-lg border border-line bg-surface">
          {list.map((channel) => (
            <li key={channel.id} className="border-line border-b p-4 last:border-b-0">
              <ChannelCard organizationKey={organizationKey} channel={channel} />
            </li>
          ))}
        </ul>
      )}
      {adding ? (
        <ChannelDialog organizationKey={organizationKey} subject={adding} onClose={() => setAdding(null)} />
      ) : null}
    </>
  );
}
