import { counted } from "@/components/ui/counted";
import { DefinitionList } from "@/components/ui/definition-list";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ChannelView } from "@/lib/domain/notification-channel";
import { severityNames } from "./channel-fields";

/** A channel's settings and state in words. */
export function ChannelFacts({ channel }: { channel: ChannelView }) {
  const { mail, host, owners, tags, severities, delivery, hour, timeZone, waiting } = channel;
  const only = [...owners, ...tags.map((tag) => `#${tag}`)];
  const target = mail ? `${mail.toOwners ? "Each account's contact, else " : ""}${mail.addresses.join(", ")}` : host;
  return (
    <DefinitionList
      columns={3}
      items={[
        { term: "Sends to", value: <span className="wrap-anywhere">{target}</span> },
        {
          term: "Which",
          value: `${severities.map((each) => severityNames[each]).join(", ")}${channel.findings ? ", findings too" : ""}${only.length > 0 ? `; only ${only.join(", ")}` : ""}`,
        },
        {
          term: "When",
          value: `${delivery === "digest" ? "One digest" : "One per account"} at ${String(hour).padStart(2, "0")}:00, the owner's time (else ${timeZone})`,
        },
        {
          term: "Last arrival",
          value: channel.lastDeliveredAt ? <RelativeTime at={channel.lastDeliveredAt} /> : "Nothing sent yet",
        },
        ...(channel.failingSince
          ? [
              {
                term: "Not arriving since",
                value: (
                  <>
                    <RelativeTime at={channel.failingSince} /> ({counted(waiting, "message")} waiting)
                  </>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}
