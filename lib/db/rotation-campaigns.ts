import type { Insertable, Kysely, Selectable } from "kysely";
import { z } from "zod";
import type { Tables } from "./tables";

type Handle = Kysely<Tables>;
const membersSchema = z.array(z.object({ id: z.number().int(), name: z.string() }));
export type StoredCampaign = ReturnType<typeof parseRow>;

export async function insertCampaign(
  handle: Handle,
  campaign: Insertable<Tables["rotation_campaigns"]>,
): Promise<void> {
  await handle.insertInto("rotation_campaigns").values(campaign).execute();
}

export async function findCampaign(handle: Handle, key: string, id: string): Promise<StoredCampaign | undefined> {
  const row = await handle
    .selectFrom("rotation_campaigns")
    .selectAll()
    .where("organization_key", "=", key)
    .where("id", "=", id)
    .executeTakeFirst();
  return row && parseRow(row);
}

/** Open ones first by their date, then the latest ended. */
export async function listCampaigns(handle: Handle, key: string, limit: number): Promise<StoredCampaign[]> {
  const rows = await handle
    .selectFrom("rotation_campaigns")
    .selectAll()
    .where("organization_key", "=", key)
    .orderBy((row) => row.case().when("ended_at", "is", null).then(0).else(1).end())
    .orderBy("due_at")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(parseRow);
}

/** Answers whether it was open. */
export async function endCampaign(
  handle: Handle,
  id: string,
  { by, at }: { by: string; at: string },
): Promise<boolean> {
  const { numUpdatedRows } = await handle
    .updateTable("rotation_campaigns")
    .set({ ended_by: by, ended_at: at })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

function parseRow(row: Selectable<Tables["rotation_campaigns"]>) {
  return {
    id: row.id,
    name: row.name,
    chosenBy: row.chosen_by,
    dueAt: row.due_at,
    members: membersSchema.parse(JSON.parse(row.members)),
    startedBy: row.started_by,
    startedAt: row.started_at,
    endedBy: row.ended_by,
    endedAt: row.ended_at,
  };
}
