import { z } from "zod";
import { writableRoleSchema } from "./role";

const rotationId = z.string().min(1).max(64);
const confirmation = z.string().trim().max(300).default("");

/** `role` is asked for where nobody knows the predecessor's organization role. */
export const startRotationInputSchema = z.object({
  accountId: z.number().int().positive(),
  role: writableRoleSchema.optional(),
  campaignId: rotationId.nullable().default(null),
});
export type StartRotationInput = z.infer<typeof startRotationInputSchema>;

/** The name is typed; `role` as above. */
export const breakGlassInputSchema = startRotationInputSchema.omit({ campaignId: true }).extend({ confirmation });
export type BreakGlassInput = z.infer<typeof breakGlassInputSchema>;

/** Needed where the replacement may be in use, or where evidence does not unlock the deletion. */
export const confirmedInputSchema = z.object({ confirmation });
export type ConfirmedInput = z.infer<typeof confirmedInputSchema>;
