import { acquireLease } from "@/lib/db/leases";
import type { OrganizationContext } from "@/lib/services/context";
import { watchedDatabase } from "@/lib/services/notifications/testing/watched-database";
import type { Stage } from "@/lib/services/testing/stage";
import type { Point } from "./rotation-walk";

type Happens = () => Promise<unknown>;

/** A process in which something else happens, once, while it is at this point. */
export function meanwhile(context: OrganizationContext, point: Point, happens: Happens): OrganizationContext {
  const once = onlyOnce(happens);
  const at = async (reached: Point) => {
    if (reached === point) await once();
  };
  return { ...context, crashPoint: at, accountRotationCrashPoint: at };
}

/** The same on a handle of its own, with the point after one statement has read all of these tables. */
export async function afterReading(
  stage: Stage,
  context: OrganizationContext,
  { tables, happens }: { tables: readonly string[]; happens: Happens },
): Promise<OrganizationContext> {
  const once = onlyOnce(happens);
  const database = watchedDatabase(await stage.again(), {
    after: async ({ kind, names }) => {
      if (kind === "SelectQueryNode" && tables.every(names)) await once();
    },
  });
  return { ...context, database };
}

/** Another replica works at this rotation; the lease of whoever was there has run out. */
export async function takeOver(stage: Stage, rotationId: string): Promise<void> {
  await stage.advance(121);
  const [now, expiresAt] = [stage.now().toISOString(), new Date(stage.now().getTime() + 120_000).toISOString()];
  const lease = await acquireLease(stage.database, { name: `rotation:${rotationId}`, holder: "other", now, expiresAt });
  if (!lease) throw new Error("The lease is still held.");
}

function onlyOnce(happens: Happens): () => Promise<void> {
  let happened = false;
  return async () => {
    if (happened) return;
    happened = true;
    await happens();
  };
}
