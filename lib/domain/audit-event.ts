import { z } from "zod";
import { instantSchema } from "./service-account";

export const auditActions = [
  "service_account.create",
  "service_account.delete",
  "service_account.annotate",
  "membership.assign",
  "membership.remove",
  "operation.reconcile",
  "secret.view",
  "secret.confirm",
  "secret.try",
  "secret.purge",
  "session.start",
  "session.refuse",
  "session.end",
  "audit.export",
  "organization.add",
  "organization.replace_credential",
  "organization.rotate_credential",
  "organization.remove",
  "drift.created",
  "drift.deleted",
  "drift.access",
  "drift.many",
  "sealing.rotate",
  "policy.change",
  "finding.accept",
  "finding.withdraw",
  "rotation.start",
  "rotation.issue",
  "rotation.hand_over",
  "rotation.prove",
  "rotation.quarantine",
  "rotation.restore",
  "rotation.finish",
  "rotation.keep",
  "rotation.cancel",
  "rotation.break_glass",
  "rotation.campaign",
  "channel.add",
  "channel.change",
  "channel.remove",
  "channel.test",
  "channel.retry",
  "feed.make",
  "feed.revoke",
] as const;
export const auditActionSchema = z.enum(auditActions);
export type AuditAction = z.infer<typeof auditActionSchema>;

/** `intended` is written before anything is sent, every other outcome after; `seen`: noticed at Mixpanel, not made here. */
export const auditOutcomes = ["intended", "succeeded", "failed", "unknown", "refused", "seen"] as const;
export const auditOutcomeSchema = z.enum(auditOutcomes);
export type AuditOutcome = z.infer<typeof auditOutcomeSchema>;

export const auditTargets = [
  "service_account",
  "project",
  "organization",
  "session",
  "operator",
  "audit_log",
  "sealing_key",
  "notification_channel",
  "feed",
] as const;

/** One line of the record. `detail` is flat text for people and machines, never a secret. */
export const auditEventSchema = z.object({
  sequence: z.number().int(),
  id: z.string(),
  at: instantSchema,
  organizationKey: z.string().nullable(),
  actorId: z.string(),
  actorName: z.string(),
  actorRole: z.string(),
  address: z.string().nullable(),
  action: auditActionSchema,
  targetKind: z.enum(auditTargets),
  targetId: z.string().nullable(),
  targetName: z.string().nullable(),
  outcome: auditOutcomeSchema,
  operationId: z.string().nullable(),
  upstreamReference: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  previousHash: z.string(),
  hash: z.string(),
});
export type AuditEvent = z.infer<typeof auditEventSchema>;
/** What a caller says; the record adds sequence, id and hashes. */
export type AuditEntry = Omit<AuditEvent, "sequence" | "id" | "previousHash" | "hash">;

/** Whether the whole record is as it was written; `firstBad` is the number of the first event that is not. */
export const auditVerificationSchema = z.discriminatedUnion("valid", [
  z.object({ valid: z.literal(true), events: z.number().int() }),
  z.object({ valid: z.literal(false), firstBad: z.number().int(), reason: z.string() }),
]);
export type AuditVerification = z.infer<typeof auditVerificationSchema>;

export const auditPageSchema = z.object({ rows: z.array(auditEventSchema), total: z.number().int() });
export type AuditPage = z.infer<typeof auditPageSchema>;
