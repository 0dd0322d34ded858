import { inTransaction } from "@/lib/db/in-transaction";
import { type ChannelRow, insertChannel } from "@/lib/db/notification-channels";
import { AppError } from "@/lib/domain/app-error";
import { type ChannelInput, type ChannelSaved, channelSettingsSchema } from "@/lib/domain/notification-channel";
import { recordEvent } from "@/lib/services/audit/record";
import type { OrganizationContext } from "@/lib/services/context";
import { requireOperator } from "@/lib/services/operations/require-operator";
import { broughtAbout, noteBroughtAbout } from "@/lib/services/organizations/once";
import { channelEvent } from "./channel-event";
import { viewChannel } from "./channel-view";
import { assertAddress, getChannel, newSigningSecret } from "./kept-channel";
import { sealTarget } from "./sealed-target";

type Request = { context: OrganizationContext; input: ChannelInput; idempotencyKey: string };

/** Adds a channel. A webhook's signing secret is made here and answered this once. */
export async function addChannel({ context, input, idempotencyKey: key }: Request): Promise<ChannelSaved> {
  const actor = requireOperator(context, "channel:manage");
  const organizationKey = context.organization.key;
  const settings = channelSettingsSchema.parse(input);
  const request = { act: "add channel", organizationKey, kind: input.kind, settings };
  const intention = { actor, key, request };
  const earlier = await broughtAbout(context, intention);
  if (earlier !== null) return { channel: viewChannel(await getChannel(context, earlier), 0), secret: null };
  const id = context.newId();
  const secret = input.kind === "webhook" ? newSigningSecret() : null;
  const made = { created_by: actor.operator.name, created_at: context.now().toISOString() };
  const row: ChannelRow = {
    id,
    organization_key: organizationKey,
    kind: input.kind,
    settings: JSON.stringify(settings),
    ...(await targetColumns(context, id, input, secret)),
    version: 1,
    failing_since: null,
    last_delivered_at: null,
    ...made,
    updated_by: made.created_by,
    updated_at: made.created_at,
  };
  const event = { action: "channel.add", organizationKey, id, name: settings.name, kind: input.kind } as const;
  const detail = { host: row.host, ...(input.kind === "mail" && { ...input.mail }), ...settings };
  try {
    await inTransaction(context.database, async (transaction) => {
      await recordEvent(context, channelEvent(event, "succeeded", detail), transaction);
      await noteBroughtAbout(context, transaction, intention, id);
      await insertChannel(transaction, row);
    });
  } catch (error) {
    throw error instanceof AppError ? error : new AppError("read_only", {}, error);
  }
  return { channel: viewChannel(row, 0), secret };
}

async function targetColumns(context: OrganizationContext, id: string, input: ChannelInput, secret: string | null) {
  if (input.kind === "mail") return { mail: JSON.stringify(input.mail), sealed: null, key_id: null, host: null };
  assertAddress(context, input.url);
  const place = { organizationKey: context.organization.key, channelId: id };
  return { mail: null, ...(await sealTarget(context, place, { url: input.url, secret })) };
}
