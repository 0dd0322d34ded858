import { upstreamOf } from "@/e2e/upstream";
import { listOpenRotations } from "@/lib/db/rotations";
import type { AccountRotationCrashPoint, CrashPoint } from "@/lib/domain/crash-point";
import type { OrganizationContext } from "@/lib/services/context";
import { reconcileStale } from "@/lib/services/operations/reconcile-stale";
import { manager, openStage } from "@/lib/services/testing/stage";
import { type Credential, makeAccount, signInWith } from "./consumer";

export type Point = CrashPoint | AccountRotationCrashPoint;
export class Crash extends Error {}

/** One account, its consumer and its rotations; the walk's steps act on it, whatever goes wrong. */
export async function openWalk() {
  const stage = await openStage();
  const old = await makeAccount(stage, "mortal", { expiresInDays: 900 });
  const [organization] = stage.simulator.organizations;
  if (!organization) throw new Error("The simulator has an organization.");
  const upstream = upstreamOf({ ...organization, url: stage.simulator.url, key: stage.organization.key, region: "us" });
  await signInWith(stage, old);
  await stage.sync();
  const walk = {
    stage,
    old,
    upstream,
    ledgerBefore: (await stage.control.ledger()).length,
    operationsBefore: await countOperations(),
    /** The secret that was issued last, while nobody has thrown it away. */
    replacement: null as Credential | null,
    /** What the consumer signs in with: the old one until it switches. */
    consumer: old,
    lastOldUse: stage.now(),
    /** Somebody confirmed by a typed name that this side may break. */
    confirmed: { old: false, replacement: false },
    rotationId: async () => (await listOpenRotations(stage.database, stage.organization.key))[0]?.id ?? "none",
    /** The process that carries out a step; it may die at a point, once. */
    process: (point: Point | null): OrganizationContext => {
      let died = false;
      const die = async (reached: Point) => {
        if (reached !== point || died) return;
        died = true;
        if (point === "in_flight") await new Promise((resolve) => setTimeout(resolve, 60));
        throw new Crash();
      };
      return { ...stage.as(manager), crashPoint: die, accountRotationCrashPoint: die };
    },
    /** Leases run out, and another process settles what was left behind. */
    recover: async () => {
      for (const seconds of [121, 11]) {
        await stage.advance(seconds);
        await reconcileStale({ ...stage.app, organization: stage.organization });
      }
    },
    countOperations,
  };
  async function countOperations(): Promise<number> {
    return (await stage.database.selectFrom("operations").select("id").execute()).length;
  }
  return walk;
}
export type Walk = Awaited<ReturnType<typeof openWalk>>;
