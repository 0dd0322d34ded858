import { z } from "zod";
import { expiryPresets } from "./expiry-preset";
import { organizationKeySchema, organizationSchema } from "./organization";
import { regionSchema } from "./region";
import { instantSchema } from "./service-account";

/** A username and secret as somebody pastes them. A colon would end the username early in a Basic header. */
export const credentialInputSchema = z.object({
  username: z
    .string()
    .trim()
    .min(1, "Paste the service account's username.")
    .max(256, "At most 256 characters.")
    .regex(/^[\x21-\x39\x3b-\x7e]+$/, "A username holds no spaces and no colon."),
  secret: z
    .string()
    .trim()
    .min(1, "Paste the service account's secret.")
    .max(1_024, "At most 1,024 characters.")
    .regex(/^[\x21-\x7e]+$/, "A secret holds no spaces."),
});
export type CredentialInput = z.infer<typeof credentialInputSchema>;

export const addOrganizationInputSchema = credentialInputSchema.extend({
  /** Which one, where the credential sees several. */
  organizationId: z.number().int().positive().optional(),
  /** Its place in addresses; its Mixpanel id when left out. */
  key: z
    .string()
    .refine((key) => organizationKeySchema.safeParse(key).success, "Letters, digits and hyphens only, at most 63.")
    .optional(),
});
export type AddOrganizationInput = z.infer<typeof addOrganizationInputSchema>;
export const organizationAnswerSchema = organizationSchema;

/** One organization that a credential sees, and whether the console could work with it. */
export const foundOrganizationSchema = z.object({
  mixpanelId: z.number().int(),
  name: z.string(),
  region: regionSchema,
  role: z.string().nullable(),
  projects: z.number().int(),
  /** Counted by listing them, which is the test; null where that was not tried. */
  accounts: z.number().int().nullable(),
  /** Why it cannot be added; null when it can. */
  refusal: z.string().nullable(),
  /** Whether its id is already the key of another organization, so that it needs a key of its own. */
  keyTaken: z.boolean(),
});
export type FoundOrganization = z.infer<typeof foundOrganizationSchema>;
export const previewAnswerSchema = z.object({ username: z.string(), organizations: z.array(foundOrganizationSchema) });
export type PreviewAnswer = z.infer<typeof previewAnswerSchema>;

export const removeOrganizationInputSchema = z.object({ confirmation: z.string().max(1_100).default("") });
export type RemoveOrganizationInput = z.infer<typeof removeOrganizationInputSchema>;
export const organizationRemovedSchema = z.object({ key: z.string() });

/** The steps of rotating the console's own credential that can be open, in their order; `cancelling` leads out. */
export const rotationSteps = ["issue", "verify", "switch", "delete", "cancelling"] as const;
export const rotationStepSchema = z.enum(rotationSteps);
export type RotationStep = z.infer<typeof rotationStepSchema>;

export const rotationCan = {
  /** Until the switch the replacement is used by nobody, so it may be deleted again. */
  cancel: (step: RotationStep): boolean => step !== "delete",
  continue: (step: RotationStep): boolean => step !== "cancelling",
};

/** After the switch every replica has re-read the credential by then; only then is the predecessor deleted. */
export const SWITCH_SETTLES_MS = 60_000;

export const rotationInputSchema = z.object({
  /** Null starts one; an id goes on with it. */
  rotationId: z.string().min(1).max(64).nullable(),
  /** How long the replacement lives. */
  days: z.literal(expiryPresets).default(90),
  /** Ends the rotation without deleting the predecessor. */
  keepPredecessor: z.boolean().default(false),
});
export type RotationInput = z.infer<typeof rotationInputSchema>;
export const cancelRotationInputSchema = z.object({ rotationId: z.string().min(1).max(64) });

export const rotationViewSchema = z.object({
  id: z.string(),
  step: rotationStepSchema,
  startedBy: z.string(),
  startedAt: instantSchema,
  predecessorUsername: z.string(),
  /** Whether the predecessor was found in the organization's list, so that it can be deleted from here. */
  predecessorListed: z.boolean(),
  replacementUsername: z.string().nullable(),
  switchedAt: instantSchema.nullable(),
  /** Before this instant the predecessor stays; null before the switch. */
  deleteAfter: instantSchema.nullable(),
});
export type RotationView = z.infer<typeof rotationViewSchema>;

/** Where an organization's credential comes from and what is known of it; never the secret. */
export const credentialViewSchema = z.object({
  source: z.enum(["environment", "database"]),
  username: z.string(),
  role: z.string().nullable(),
  /** The account itself, where the inventory has it. */
  account: z
    .object({ id: z.number().int(), expiresAt: instantSchema.nullable(), lastUsedAt: instantSchema.nullable() })
    .nullable(),
  addedBy: z.string().nullable(),
  addedAt: instantSchema.nullable(),
  replacedBy: z.string().nullable(),
  replacedAt: instantSchema.nullable(),
  rotation: rotationViewSchema.nullable(),
});
export type CredentialView = z.infer<typeof credentialViewSchema>;
