import { AppError } from "@/lib/domain/app-error";
import { type Actor, hasPermission, type Permission } from "@/lib/domain/operator";
import type { RequestContext } from "@/lib/services/context";

export type OperatorActor = Extract<Actor, { kind: "operator" }>;

/** The person behind this call, if their role allows it. A change is never made by a job on its own. */
export function requireOperator(context: RequestContext, permission: Permission): OperatorActor {
  const { actor } = context;
  if (actor.kind !== "operator" || !hasPermission(actor.operator.role, permission)) throw new AppError("not_permitted");
  return actor;
}
