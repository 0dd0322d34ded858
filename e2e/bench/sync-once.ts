import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { syncViewSchema } from "@/lib/domain/inventory-view";
import { api } from "@/lib/paths/paths";
import type { startSignedInStack } from "./signed-in-stack";

type SignedIn = Awaited<ReturnType<typeof startSignedInStack>>;

/** Orders a sync of the first organization and waits until its picture is whole and newer than the order. */
export async function syncOnce({ stack, call }: SignedIn): Promise<void> {
  const key = stack.organizations[0]?.key ?? "";
  const since = new Date().toISOString();
  const order = await call(api.sync(key), { method: "POST", body: "{}", headers: { "idempotency-key": randomUUID() } });
  if (!order.ok) throw new Error(`The console refused to sync: ${await order.text()}`);
  for (;;) {
    const answer = await call(api.sync(key));
    if (!answer.ok) throw new Error(`The console did not tell of its sync: ${await answer.text()}`);
    const view = syncViewSchema.parse(await answer.json());
    if (view.problem) throw new Error(`The sync failed: ${view.problem.title}`);
    if (!view.running && view.asOf !== null && view.asOf >= since) return;
    await wait(100);
  }
}
