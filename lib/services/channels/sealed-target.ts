import { z } from "zod";
import type { ChannelRow } from "@/lib/db/notification-channels";
import type { AppContext } from "@/lib/services/context";
import type { Target } from "@/lib/services/delivery/deliver";
import { notificationChannelBinding } from "@/lib/services/sealing/bindings";
import { SealError } from "@/lib/services/sealing/seal-error";
import { sealerOf } from "@/lib/services/sealing/sealer-of";

const targetSchema = z.object({ url: z.string(), secret: z.string().nullable() });
type ForSealing = Pick<AppContext, "environment">;

/** The columns of a channel's address and secret, sealed for this channel alone. */
export async function sealTarget(
  context: ForSealing,
  { organizationKey, channelId }: { organizationKey: string; channelId: string },
  target: Target,
): Promise<{ sealed: string; key_id: string; host: string }> {
  const sealer = sealerOf(context);
  const sealed = await sealer.seal(JSON.stringify(target), notificationChannelBinding(organizationKey, channelId));
  return { sealed, key_id: sealer.keyId, host: new URL(target.url).host };
}

/** Null for mail, and where the key that sealed it is gone. */
export async function openTarget(
  context: ForSealing,
  { id, organization_key, sealed }: Pick<ChannelRow, "id" | "organization_key" | "sealed">,
): Promise<Target | null> {
  if (sealed === null) return null;
  try {
    const opened = await sealerOf(context).open(sealed, notificationChannelBinding(organization_key, id));
    return targetSchema.parse(JSON.parse(opened));
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}
