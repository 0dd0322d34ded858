import { z } from "zod";
import { regionSchema } from "./region";

/** The part of a page's address that names an organization: its Mixpanel id, or the key its configuration gives. */
export const organizationKeySchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/i);

export const organizationSchema = z.object({
  key: organizationKeySchema,
  mixpanelId: z.number().int(),
  name: z.string(),
  region: regionSchema,
});
export type Organization = z.infer<typeof organizationSchema>;
