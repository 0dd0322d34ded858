import { z } from "zod";
import { errorAnswerSchema } from "./app-error";
import { createdAnswerSchema } from "./change";
import { plannedMembershipSchema, replacementPlanSchema } from "./replacement-plan";
import {
  proofKindSchema,
  rotationActions,
  rotationKindSchema,
  rotationOutcomeSchema,
  rotationPhaseSchema,
} from "./rotation";
import { rotationEvidenceSchema } from "./rotation-evidence";
import { instantSchema } from "./service-account";

const instant = instantSchema.nullable();
const text = z.string().nullable();

const sideSchema = z.object({
  id: z.number().int().nullable(),
  username: text,
  name: z.string(),
  /** Whether the inventory has it. */
  exists: z.boolean(),
  expiresAt: instant,
  lastUsedAt: instant,
});

/** A rotation as the asking operator sees it. */
export const rotationViewSchema = z.object({
  id: z.string(),
  kind: rotationKindSchema,
  phase: rotationPhaseSchema,
  outcome: rotationOutcomeSchema.nullable(),
  campaignId: text,
  predecessor: sideSchema.extend({ id: z.number().int() }),
  replacement: sideSchema,
  /** Whose account it is, where somebody said so. */
  owner: text,
  contact: text,
  startedBy: z.string(),
  startedAt: instantSchema,
  issuedBy: text,
  issuedAt: instant,
  handOverDue: instantSchema,
  handedOverBy: text,
  handedOverAt: instant,
  provenAt: instant,
  provenHow: proofKindSchema.nullable(),
  replacementUsedAt: instant,
  predecessorUsedAt: instant,
  overlapUntil: instant,
  quarantinedAt: instant,
  restoredAt: instant,
  endedBy: text,
  endedAt: instant,
  /** As it is now; after the end, what the deletion rested on. */
  evidence: rotationEvidenceSchema.nullable(),
  /** Why each step is not open; null where it is. */
  can: z.record(z.enum(rotationActions), text),
  undoes: z.object({ replacement: z.enum(["none", "deleted", "kept"]), memberships: z.boolean() }),
  /** What went wrong with the last attempt to issue, in words. */
  problem: text,
  /** The create whose secret its operator can still open. */
  secret: z
    .object({ operationId: z.string(), until: instantSchema, mine: z.boolean(), operator: z.string() })
    .nullable(),
  next: z.object({ text: z.string(), who: text, due: instant }),
});
export type RotationView = z.infer<typeof rotationViewSchema>;

export const rotationAnswerSchema = z.object({
  rotation: rotationViewSchema,
  plan: replacementPlanSchema,
  /** What the replacement should hold and does not. */
  missing: z.array(plannedMembershipSchema),
  /** What quarantine took away and was not given back. */
  removed: z.array(plannedMembershipSchema),
});
export type RotationAnswer = z.infer<typeof rotationAnswerSchema>;

/** `failure`: the rotation is written down and goes on from its page. The secret is in `created`, and nowhere else. */
export const issuedAnswerSchema = z.object({
  rotation: rotationViewSchema,
  created: createdAnswerSchema.nullable(),
  failure: errorAnswerSchema.shape.error.nullable(),
});
export type IssuedAnswer = z.infer<typeof issuedAnswerSchema>;

/** What a rotation of an account would issue. */
export const rotationPreviewSchema = z.object({
  plan: replacementPlanSchema.extend({ role: replacementPlanSchema.shape.role.nullable() }).nullable(),
  /** Where the role is null: what may be chosen. */
  roles: z.array(replacementPlanSchema.shape.role),
  replacementName: text,
  handOverDue: instant,
  overlapDays: z.number().int(),
  /** Why it cannot be rotated here; null where it can. */
  refusal: text,
  /** Whether it is the console's own credential, which is rotated on the settings page. */
  own: z.boolean(),
  openRotationId: text,
});
export type RotationPreview = z.infer<typeof rotationPreviewSchema>;

export const campaignInputSchema = z.object({
  name: z.string().trim().min(1, "Give it a name, for example Vendor X by March.").max(120),
  /** The last UTC day, `YYYY-MM-DD`. */
  dueOn: z.iso.date("Give the date as year-month-day."),
  chosenBy: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("selection"), accountIds: z.array(z.number().int().positive()).min(1).max(500) }),
    z.object({ kind: z.literal("tag"), tag: z.string().trim().min(1).max(60) }),
    z.object({ kind: z.literal("search"), search: z.string().trim().min(1).max(200) }),
  ]),
});
export type CampaignInput = z.infer<typeof campaignInputSchema>;

export const campaignMemberStates = ["waiting", "open", "done", "left_out", "gone"] as const;
export const campaignViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  chosenBy: z.string(),
  dueAt: instantSchema,
  startedBy: z.string(),
  startedAt: instantSchema,
  endedBy: text,
  endedAt: instant,
  members: z.array(
    z.object({
      accountId: z.number().int(),
      name: z.string(),
      /** done: replaced; left_out: cancelled or kept; gone: deleted without a rotation. */
      state: z.enum(campaignMemberStates),
      phase: rotationPhaseSchema.nullable(),
      rotationId: text,
    }),
  ),
  done: z.number().int(),
});
export type CampaignView = z.infer<typeof campaignViewSchema>;

export const rotationListSchema = z.object({
  open: z.array(rotationViewSchema),
  ended: z.array(rotationViewSchema),
  campaigns: z.array(campaignViewSchema),
  /** Accounts whose rotation should begin: how many, and the most urgent of them. */
  dueCount: z.number().int(),
  due: z.array(
    z.object({
      accountId: z.number().int(),
      name: z.string(),
      expiresAt: instantSchema,
      rotateBy: instantSchema,
      owner: text,
    }),
  ),
  tags: z.array(z.string()),
});
export type RotationList = z.infer<typeof rotationListSchema>;
