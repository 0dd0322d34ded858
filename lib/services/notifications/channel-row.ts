import type { ChannelRow } from "@/lib/db/notification-channels";
import {
  type ChannelKind,
  type ChannelSettings,
  channelKindSchema,
  channelSettingsSchema,
  type MailTarget,
  mailTargetSchema,
} from "@/lib/domain/notification-channel";

/** A stored channel with its JSON read; the sealed part stays shut. */
export type StoredChannel = ChannelSettings & {
  id: string;
  kind: ChannelKind;
  mail: MailTarget | null;
  createdAt: string;
  row: ChannelRow;
};

export function readChannel(row: ChannelRow): StoredChannel {
  return {
    ...channelSettingsSchema.parse(JSON.parse(row.settings)),
    id: row.id,
    kind: channelKindSchema.parse(row.kind),
    mail: row.mail === null ? null : mailTargetSchema.parse(JSON.parse(row.mail)),
    createdAt: row.created_at,
    row,
  };
}
