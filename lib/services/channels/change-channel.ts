import { inTransaction } from "@/lib/db/in-transaction";
import { type ChannelRow, changeChannel as changeRow } from "@/lib/db/notification-channels";
import { AppError } from "@/lib/domain/app-error";
import { type ChannelChange, type ChannelSaved, channelSettingsSchema } from "@/lib/domain/notification-channel";
import { recordEvent } from "@/lib/services/audit/record";
import type { OrganizationContext } from "@/lib/services/context";
import { requireOperator } from "@/lib/services/operations/require-operator";
import { broughtAbout, noteBroughtAbout } from "@/lib/services/organizations/once";
import { channelEvent } from "./channel-event";
import { viewChannel } from "./channel-view";
import { assertAddress, getChannel, newSigningSecret } from "./kept-channel";
import { openTarget, sealTarget } from "./sealed-target";

type Request = { context: OrganizationContext; id: string; input: ChannelChange; idempotencyKey: string };

/** Changes a channel's settings; its address and its secret stay, unless new ones are asked for. */
export async function changeChannel({ context, id, input, idempotencyKey: key }: Request): Promise<ChannelSaved> {
  const actor = requireOperator(context, "channel:manage");
  const organizationKey = context.organization.key;
  const row = await getChannel(context, id);
  if (row.kind !== input.kind) throw new AppError("bad_request", { fields: { kind: "The kind of a channel stays." } });
  const settings = channelSettingsSchema.parse(input);
  const renews = input.kind === "webhook" && input.renewSecret;
  const intention = { actor, key, request: { act: "change channel", id, settings, renews } };
  if ((await broughtAbout(context, intention)) !== null) {
    return { channel: viewChannel(await getChannel(context, id), 0), secret: null };
  }
  const secret = renews ? newSigningSecret() : null;
  const target = await targetColumns(context, row, input, secret);
  const next = {
    settings: JSON.stringify(settings),
    ...target,
    updated_by: actor.operator.name,
    updated_at: context.now().toISOString(),
  };
  const event = { action: "channel.change", organizationKey, id, name: settings.name, kind: input.kind } as const;
  const detail = { host: target.host ?? row.host, newSecret: renews, ...(input.kind === "mail" && { ...input.mail }) };
  try {
    await inTransaction(context.database, async (transaction) => {
      await recordEvent(context, channelEvent(event, "succeeded", { ...detail, ...settings }), transaction);
      await noteBroughtAbout(context, transaction, intention, id);
      if (!(await changeRow(transaction, row, next))) {
        throw new AppError("operation_in_progress", { reason: "Somebody else has just changed this channel." });
      }
    });
  } catch (error) {
    throw error instanceof AppError ? error : new AppError("read_only", {}, error);
  }
  return { channel: viewChannel(await getChannel(context, id), 0), secret };
}

/** Only what changes; another address or secret may work where the last one failed. */
async function targetColumns(
  context: OrganizationContext,
  row: ChannelRow,
  input: ChannelChange,
  secret: string | null,
): Promise<Partial<Pick<ChannelRow, "mail" | "sealed" | "key_id" | "host" | "failing_since">>> {
  if (input.kind === "mail") return { mail: JSON.stringify(input.mail) };
  if (input.url === undefined && secret === null) return {};
  if (input.url !== undefined) assertAddress(context, input.url);
  const before = await openTarget(context, row);
  const url = input.url ?? before?.url;
  if (url === undefined) {
    throw new AppError("bad_request", { fields: { url: "Give the address again: the stored one cannot be opened." } });
  }
  const kept = before?.secret ?? (input.kind === "webhook" ? null : undefined);
  if (kept === null && secret === null) {
    throw new AppError("bad_request", {
      fields: { renewSecret: "The stored secret cannot be opened: make a new one." },
    });
  }
  const place = { organizationKey: row.organization_key, channelId: row.id };
  return { ...(await sealTarget(context, place, { url, secret: secret ?? kept ?? null })), failing_since: null };
}
