import { randomUUID } from "node:crypto";
import { z } from "zod";
import { type AnyCrashPoint, crashPoints } from "@/lib/domain/crash-point";
import type { OrganizationContext } from "@/lib/services/context";
import { breakGlass } from "@/lib/services/rotations/break-glass";
import { cancelRotation } from "@/lib/services/rotations/cancel";
import { finishRotation } from "@/lib/services/rotations/finish";
import { issueRotation } from "@/lib/services/rotations/issue";
import { quarantinePredecessor, restorePredecessor } from "@/lib/services/rotations/quarantine";
import { reissueReplacement } from "@/lib/services/rotations/reissue";
import { startRotation } from "@/lib/services/rotations/start";

export const rotationActs = ["start", "reissue", "finish", "quarantine", "restore", "cancel", "leak"] as const;
export type RotationAct = (typeof rotationActs)[number];

/** What a process is told to do before it is killed in the middle of it. */
export const orderSchema = z.object({
  act: z.enum([...rotationActs, "issue"]),
  accountId: z.number(),
  name: z.string(),
  rotationId: z.string(),
});
export type Order = z.infer<typeof orderSchema>;

const own: Record<RotationAct, readonly AnyCrashPoint[]> = {
  start: ["account_rotation_started", "account_rotation_issued"],
  reissue: ["account_rotation_reissuing", "account_rotation_issued"],
  finish: ["account_rotation_deleted"],
  quarantine: ["account_rotation_quarantining", "account_rotation_quarantined", "after_reread"],
  restore: ["account_rotation_restored", "after_reread"],
  cancel: ["account_rotation_cancelling"],
  leak: ["account_rotation_started", "account_rotation_revoked", "account_rotation_issued"],
};

/** Every point that an act comes to. */
export function pointsOf(act: RotationAct): AnyCrashPoint[] {
  return [...crashPoints.filter((point) => point !== "after_reread"), ...own[act]];
}

export function carryOut(context: OrganizationContext, { act, accountId, name, rotationId }: Order): Promise<unknown> {
  const request = { context, rotationId };
  const idempotencyKey = randomUUID();
  switch (act) {
    case "start":
      return startRotation({ context, input: { accountId, campaignId: null }, idempotencyKey });
    case "leak":
      return breakGlass({ context, input: { accountId, confirmation: name }, idempotencyKey });
    case "issue":
      return issueRotation(request);
    case "reissue":
      return reissueReplacement({ ...request, input: { confirmation: "" } });
    case "finish":
      return finishRotation({ ...request, input: { confirmation: "" } });
    case "quarantine":
      return quarantinePredecessor(request);
    case "restore":
      return restorePredecessor(request);
    case "cancel":
      return cancelRotation(request);
  }
}
