import { z } from "zod";
import { organizationKeySchema } from "./organization";
import { instantSchema } from "./service-account";

/** `calendar`: expiries and days by which rotations start, as iCalendar. `changes`: what was done, as Atom. */
export const feedKinds = ["calendar", "changes"] as const;
export const feedKindSchema = z.enum(feedKinds);
export type FeedKind = z.infer<typeof feedKindSchema>;

/** A feed ends when its operator has not signed in for so long: nobody confirms their role any more. */
export const FEED_IDLE_DAYS = 30;
export const FEEDS_PER_OPERATOR = 20;

export const feedInputSchema = z.object({
  organizationKey: organizationKeySchema,
  kind: feedKindSchema,
  /** A calendar of one owner's accounts only: a person or a team. */
  owner: z
    .string()
    .trim()
    .max(120, "At most 120 characters.")
    .transform((owner) => owner || null)
    .nullable()
    .default(null),
});
export type FeedInput = z.infer<typeof feedInputSchema>;

export const feedViewSchema = z.object({
  id: z.string(),
  organizationKey: z.string(),
  organizationName: z.string(),
  kind: feedKindSchema,
  owner: z.string().nullable(),
  createdAt: instantSchema,
  lastReadAt: instantSchema.nullable(),
});
export type FeedView = z.infer<typeof feedViewSchema>;
export const feedsAnswerSchema = z.object({ feeds: z.array(feedViewSchema) });
/** The address is answered once: only a hash of its secret part is kept. */
export const feedMadeSchema = z.object({ feed: feedViewSchema, address: z.string() });
export const feedRevokedSchema = z.object({ id: z.string() });
