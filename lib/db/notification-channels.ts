import type { Kysely, Selectable, Updateable } from "kysely";
import type { DueAt } from "./notifications";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;
export type ChannelRow = Selectable<Tables["notification_channels"]>;

export function listChannels(handle: Handle, organizationKey: string): Promise<ChannelRow[]> {
  return handle
    .selectFrom("notification_channels")
    .selectAll()
    .where("organization_key", "=", organizationKey)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

/** Over all organizations: the channels that have something to be tried now. */
export function findChannelsWithDue(handle: Handle, { now, farthest }: DueAt): Promise<ChannelRow[]> {
  return handle
    .selectFrom("notification_channels")
    .selectAll()
    .where("id", "in", (row) =>
      row
        .selectFrom("notifications")
        .select("channel_id")
        .where("state", "=", "waiting")
        .where(({ eb, or }) => or([eb("next_attempt_at", "<=", now), eb("next_attempt_at", ">", farthest)])),
    )
    .orderBy("id")
    .execute();
}

export function findChannel(handle: Handle, organizationKey: string, id: string): Promise<ChannelRow | undefined> {
  return handle
    .selectFrom("notification_channels")
    .selectAll()
    .where("organization_key", "=", organizationKey)
    .where("id", "=", id)
    .executeTakeFirst();
}

export async function insertChannel(handle: Handle, row: ChannelRow): Promise<void> {
  await handle.insertInto("notification_channels").values(row).execute();
}

/** False when it is gone, or another change came first. */
export async function changeChannel(
  handle: Handle,
  { id, version }: Pick<ChannelRow, "id" | "version">,
  next: Updateable<Tables["notification_channels"]>,
): Promise<boolean> {
  const { numUpdatedRows } = await handle
    .updateTable("notification_channels")
    .set({ ...next, version: version + 1 })
    .where("id", "=", id)
    .where("version", "=", version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Removes it with its marks and with what is still on its way. */
export async function deleteChannel(handle: Handle, organizationKey: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await handle
    .deleteFrom("notification_channels")
    .where("organization_key", "=", organizationKey)
    .where("id", "=", id)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** A target works, or has not since `at`: the first failure's instant stays until something arrives. */
export async function noteChannelWorks(handle: Handle, id: string, at: string): Promise<void> {
  await handle
    .updateTable("notification_channels")
    .set({ failing_since: null, last_delivered_at: at })
    .where("id", "=", id)
    .execute();
}

export async function noteChannelFails(handle: Handle, id: string, at: string): Promise<void> {
  await handle
    .updateTable("notification_channels")
    .set({ failing_since: at })
    .where("id", "=", id)
    .where("failing_since", "is", null)
    .execute();
}
