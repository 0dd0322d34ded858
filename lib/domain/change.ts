import { z } from "zod";
import { type Annotation, annotationSchema } from "./annotation";
import { errorAnswerSchema } from "./app-error";
import { accountRowSchema, membershipViewSchema } from "./inventory-view";
import { isFinished, operationKindSchema, operationStateSchema, reconciledOutcomeSchema } from "./operation";
import { writableRoleSchema } from "./role";
import { instantSchema } from "./service-account";

/** Name convention: what it serves, then its environment or team; it becomes part of the username for good. */
export const accountNamePattern = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
export const ACCOUNT_NAME_MAX = 64;
export const accountNameSchema = z
  .string()
  .trim()
  .min(1, "Give it a name, for example warehouse-export-prod.")
  .max(ACCOUNT_NAME_MAX, `At most ${ACCOUNT_NAME_MAX} characters: the name becomes part of the username.`)
  .regex(accountNamePattern, "Letters, digits, dot, hyphen and underscore only, starting with a letter or digit.");

const accountId = z.number().int().positive();
const projectId = z.number().int().positive();
const projectGrantSchema = z.object({ id: projectId, role: writableRoleSchema });
const uniqueProjects = <T extends { id: number }>(projects: T[]) =>
  new Set(projects.map((project) => project.id)).size === projects.length;

const said = annotationSchema.shape;
/** What is recorded of an account from birth; the form asks for a reason for owner and admin, a finding does so later. */
const noteShape = {
  owner: said.owner.unwrap().optional(),
  ownerKind: said.ownerKind.unwrap().optional(),
  contact: said.contact.unwrap().optional(),
  ticket: said.ticket.unwrap().optional(),
  tags: said.tags.unwrap().optional(),
  roleReason: said.roleReason.unwrap().optional(),
};

export const EXPIRY_MAX_DAYS = 3650;
export const createInputSchema = z
  .object({
    name: accountNameSchema,
    purpose: z.string().trim().max(500).default(""),
    role: writableRoleSchema.default("consumer"),
    expiresAt: instantSchema.nullable(),
    /** Why it never expires; asked for exactly then. */
    neverReason: z.string().trim().max(500).default(""),
    projects: z.array(projectGrantSchema).max(500).refine(uniqueProjects, "Each project once.").default([]),
    ...noteShape,
  })
  .refine((input) => input.expiresAt !== null || input.neverReason.length > 0, {
    path: ["neverReason"],
    message: "Say why this service account never expires.",
  });
export type CreateInput = z.infer<typeof createInputSchema>;

/** The annotation that a created account begins with. */
export function annotationOf(input: CreateInput): Annotation {
  const { owner, ownerKind, contact, purpose, ticket, tags, roleReason, neverReason } = input;
  return annotationSchema.parse({ owner, ownerKind, contact, purpose, ticket, tags, roleReason, neverReason });
}

export const assignInputSchema = z.object({
  accountIds: z.array(accountId).min(1).max(200),
  projects: z.array(projectGrantSchema).min(1).max(200).refine(uniqueProjects, "Each project once."),
});
export type AssignInput = z.infer<typeof assignInputSchema>;

export const removeInputSchema = z.object({
  accountIds: z.array(accountId).min(1).max(200),
  projectIds: z.array(projectId).min(1).max(200),
});
export type RemoveInput = z.infer<typeof removeInputSchema>;

export const deleteInputSchema = z.object({
  accountIds: z.array(accountId).min(1).max(200),
  /** The name, for one account used in the last 30 days; `delete N service accounts`, for several. */
  confirmation: z.string().max(200).default(""),
});
export type DeleteInput = z.infer<typeof deleteInputSchema>;

export function bulkDeleteConfirmation(count: number): string {
  return `delete ${count} service accounts`;
}

export const idempotencyKeySchema = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/);

const changeErrorSchema = errorAnswerSchema.shape.error;

/** One operation's outcome for one target, as it really is after a re-read. */
export const targetResultSchema = z.object({
  operationId: z.string().nullable(),
  accountId: z.number().int().nullable(),
  accountName: z.string(),
  projectId: z.number().int().nullable(),
  projectName: z.string().nullable(),
  /** done: seen or answered as changed; already: nothing was needed; skipped: never sent; unknown: see Unfinished. */
  outcome: z.enum(["done", "already", "failed", "skipped", "unknown"]),
  /** The role Mixpanel shows now, for assign. */
  role: z.string().nullable(),
  message: z.string().nullable(),
  error: changeErrorSchema.nullable(),
});
export type TargetResult = z.infer<typeof targetResultSchema>;

export const batchAnswerSchema = z.object({
  batchId: z.string(),
  kind: operationKindSchema,
  results: z.array(targetResultSchema),
});
export type BatchAnswer = z.infer<typeof batchAnswerSchema>;

export const createdAnswerSchema = z.object({
  operationId: z.string(),
  account: accountRowSchema,
  memberships: z.array(membershipViewSchema),
  /** Null once confirmed or after its ten minutes. */
  secret: z.string().nullable(),
  secretUntil: instantSchema.nullable(),
});
export type CreatedAnswer = z.infer<typeof createdAnswerSchema>;

export const tryAnswerSchema = z.object({
  works: z.boolean(),
  /** What `/me` said: the organization and the projects the new credential sees, or why it failed. */
  message: z.string(),
  organizationName: z.string().nullable(),
  organizationRole: z.string().nullable(),
  projectCount: z.number().int(),
  at: instantSchema,
});
export type TryAnswer = z.infer<typeof tryAnswerSchema>;

export const operationViewSchema = z.object({
  id: z.string(),
  batchId: z.string(),
  kind: operationKindSchema,
  state: operationStateSchema,
  outcome: reconciledOutcomeSchema.nullable(),
  actorName: z.string(),
  /** Whether the asking operator made it: only then may its secret be opened. */
  mine: z.boolean(),
  accountId: z.number().int().nullable(),
  accountName: z.string(),
  projectId: z.number().int().nullable(),
  projectName: z.string().nullable(),
  preparedAt: instantSchema,
  sentAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
  error: z.object({ code: z.string(), title: z.string(), reason: z.string().nullable() }).nullable(),
  upstreamReference: z.string().nullable(),
  /** Until when the sealed secret can be opened; null where there is none. */
  secretUntil: instantSchema.nullable(),
  /** What is known, in a sentence, and the one safe next step. */
  known: z.string(),
  nextStep: z.enum(["none", "reconcile", "delete_and_create_again", "finish_the_rest", "open_secret", "retry"]),
  /** The create form, filled in again, for "delete it and create again"; the rest of an assignment for "finish the rest". */
  input: z.record(z.string(), z.unknown()),
});
export type OperationView = z.infer<typeof operationViewSchema>;

const waiting: readonly OperationView["nextStep"][] = ["delete_and_create_again", "finish_the_rest", "open_secret"];

/** Whether its outcome is still open, or somebody still has to do something about it. */
export function needsSomebody({ state, nextStep }: Pick<OperationView, "state" | "nextStep">): boolean {
  return !isFinished(state) || waiting.includes(nextStep);
}

export const operationsAnswerSchema = z.object({ operations: z.array(operationViewSchema) });
