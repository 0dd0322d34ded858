import { noteChannelWorks } from "@/lib/db/notification-channels";
import { findOrganizations } from "@/lib/db/organizations";
import { AppError } from "@/lib/domain/app-error";
import type { Notification } from "@/lib/domain/notification";
import type { ChannelTest } from "@/lib/domain/notification-channel";
import { recordEvent } from "@/lib/services/audit/record";
import type { OrganizationContext } from "@/lib/services/context";
import { deliver } from "@/lib/services/delivery/deliver";
import { readChannel } from "@/lib/services/notifications/channel-row";
import { requireOperator } from "@/lib/services/operations/require-operator";
import { channelEvent } from "./channel-event";
import { getChannel } from "./kept-channel";
import { openTarget } from "./sealed-target";

type Request = { context: OrganizationContext; id: string };

/** Sends a test message at once, past the outbox, and says in words what came of it. */
export async function testChannel({ context, id }: Request): Promise<ChannelTest> {
  const actor = requireOperator(context, "channel:manage");
  const row = await getChannel(context, id);
  const channel = readChannel(row);
  const { name, kind } = channel;
  const event = { action: "channel.test", organizationKey: row.organization_key, id, name, kind } as const;
  try {
    await recordEvent(context, channelEvent(event, "intended"));
  } catch (error) {
    throw new AppError("read_only", {}, error);
  }
  const [stored] = await findOrganizations(context.database, [context.organization.key]);
  const notification: Notification = {
    kind: "test",
    organization: { key: context.organization.key, name: stored?.name ?? context.organization.name },
    channelName: name,
    sentBy: actor.operator.name,
  };
  const target = await openTarget(context, row);
  const createdAt = context.now().toISOString();
  const results = await Promise.all(
    (channel.mail?.addresses ?? [null]).map(async (recipient) => {
      const outgoing = { id: context.newId(), kind, target, recipient, notification, createdAt };
      return { recipient, result: await deliver(context, outgoing) };
    }),
  );
  const failures = results.flatMap(({ recipient, result }) =>
    result.delivered ? [] : [recipient === null ? result.reason : `${recipient}: ${result.reason}`],
  );
  const reason = failures.join(" ");
  const outcome = failures.length === 0 ? "succeeded" : "failed";
  await recordEvent(context, channelEvent(event, outcome, failures.length === 0 ? {} : { reason }));
  if (failures.length > 0) return { delivered: false, message: `Nothing arrived, or not everywhere. ${reason}` };
  await noteChannelWorks(context.database, id, context.now().toISOString());
  return { delivered: true, message: takenBy(channel.mail?.addresses, row.host) };
}

function takenBy(addresses: readonly string[] | undefined, host: string | null): string {
  return addresses
    ? `The mail server took the message for ${addresses.join(", ")}. Look whether it is there.`
    : `${host} took the message. Look whether it is there.`;
}
