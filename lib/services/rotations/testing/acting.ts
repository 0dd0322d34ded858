import type { OrganizationContext } from "@/lib/services/context";
import { getRotation } from "@/lib/services/rotations/get";
import { manager, type Stage } from "@/lib/services/testing/stage";
import { meanwhile } from "./meanwhile";
import { Crash, type Point } from "./rotation-walk";

export async function viewOf(stage: Stage, rotationId: string) {
  return (await getRotation({ context: stage.as(manager), rotationId })).rotation;
}

/** A process that dies at this point. */
export function dyingAt(stage: Stage, point: Point): OrganizationContext {
  return meanwhile(stage.as(manager), point, () => Promise.reject(new Crash()));
}

/** Mixpanel refuses the next request of this method. */
export function refuseOnce(stage: Stage, method: "POST" | "DELETE") {
  return stage.control.fault({ method, times: 1, fault: { kind: "status", status: 400, body: { error: "no" } } });
}
