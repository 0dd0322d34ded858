import { z } from "zod";
import { membershipViewSchema } from "./inventory-view";
import { writableRoleSchema } from "./role";
import { instantSchema, serviceAccountSchema } from "./service-account";

const namedAccountSchema = z.object({ id: z.number().int(), name: z.string() });
export type NamedAccount = z.infer<typeof namedAccountSchema>;

/** What an assign or a remove intends for one project; `role` is null for a removal. */
export const membershipInputSchema = z.object({
  accounts: z.array(namedAccountSchema).min(1),
  role: writableRoleSchema.nullable(),
});
export type MembershipInput = z.infer<typeof membershipInputSchema>;

/** What came of it for one account of an assign or a remove. */
export const accountOutcomeSchema = z.object({
  id: z.number().int(),
  outcome: z.enum(["done", "failed"]),
  role: z.string().nullable(),
  message: z.string().nullable(),
});
export type AccountOutcome = z.infer<typeof accountOutcomeSchema>;

/** What the inventory said before: enough to tell a new account of the same name, or a changed grant, from an old one. */
export const beforeStateSchema = z.object({
  sameNameIds: z.array(z.number().int()).default([]),
  memberships: z
    .array(z.object({ accountId: z.number().int(), projectId: z.number().int(), role: z.string(), grant: z.string() }))
    .default([]),
});

/** What came of an operation. Never a secret. */
export const operationResultSchema = z.object({
  created: z.object({ account: serviceAccountSchema, memberships: z.array(membershipViewSchema) }).optional(),
  accounts: z.array(accountOutcomeSchema).optional(),
  /** Whether `accounts` was read back from Mixpanel; false while that read is still to come. */
  verified: z.boolean().optional(),
  alreadyAbsent: z.boolean().optional(),
  /** Before this instant a repeat is pointless, where Mixpanel said so. */
  retryAt: instantSchema.optional(),
  /** When a reading first showed no trace of the change: a second one later makes it certain. */
  firstAbsentAt: instantSchema.optional(),
  /** Accounts that may all be the one whose creation is in doubt. */
  candidates: z.array(z.object({ id: z.number().int(), username: z.string() })).optional(),
});
export type OperationResult = z.infer<typeof operationResultSchema>;
