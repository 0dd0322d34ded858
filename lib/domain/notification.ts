import { z } from "zod";
import { severitySchema } from "./policy";
import { instantSchema } from "./service-account";
import { deadlineKinds } from "./warning";

/** What a warning says of one account, as it was when the warning came due. */
export const warningSchema = z.object({
  accountId: z.number().int(),
  name: z.string(),
  username: z.string(),
  severity: severitySchema,
  deadline: z.enum(deadlineKinds),
  days: z.number().int(),
  expiresAt: instantSchema,
  startRotationBy: instantSchema,
  createdAt: instantSchema.nullable(),
  lastUsedAt: instantSchema.nullable(),
  role: z.string().nullable(),
  /** A few of them; `projectCount` counts all. */
  projects: z.array(z.string()),
  projectCount: z.number().int(),
  owner: z.string().nullable(),
  purpose: z.string().nullable(),
  ticket: z.string().nullable(),
  timeZone: z.string(),
});
export type Warning = z.infer<typeof warningSchema>;

/** A departure from the policy, as it was when it was told. */
const findingNewsSchema = z.object({
  accountId: z.number().int(),
  name: z.string(),
  username: z.string(),
  rule: z.string(),
  severity: severitySchema,
  sentence: z.string(),
  fix: z.string(),
  since: instantSchema,
  owner: z.string().nullable(),
});
export type FindingNews = z.infer<typeof findingNewsSchema>;

const organization = z.object({ key: z.string(), name: z.string() });

/** What is sent, in whichever form the channel has. It is written down whole, so that a retry says the same. */
export const notificationSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("warnings"),
    organization,
    /** Why it got here: as the owner's contact, or because the channel gets all of it. */
    because: z.enum(["owner", "channel"]),
    channelName: z.string(),
    warnings: z.array(warningSchema).min(1),
  }),
  z.object({
    kind: z.literal("findings"),
    organization,
    because: z.enum(["owner", "channel"]),
    channelName: z.string(),
    /** All that are new; the first of them are named. */
    total: z.number().int(),
    findings: z.array(findingNewsSchema).min(1),
  }),
  z.object({ kind: z.literal("test"), organization, channelName: z.string(), sentBy: z.string() }),
]);
export type Notification = z.infer<typeof notificationSchema>;
/** More accounts than this in one message go into several. */
export const WARNINGS_PER_NOTIFICATION = 100;

/** All are on the findings page; a message names so many. */
export const FINDINGS_PER_NOTIFICATION = 50;

/** `waiting` for its first try or the next one; `abandoned` after so many days that it would be old news. */
export const deliveryStates = ["waiting", "delivered", "abandoned"] as const;
export const deliveryStateSchema = z.enum(deliveryStates);

/** One message to one target, and how its sending went. */
export const deliverySchema = z.object({
  id: z.string(),
  channelId: z.string(),
  kind: z.enum(["warnings", "findings", "test"]),
  summary: z.string(),
  recipient: z.string().nullable(),
  state: deliveryStateSchema,
  attempts: z.number().int(),
  createdAt: instantSchema,
  nextAttemptAt: instantSchema.nullable(),
  deliveredAt: instantSchema.nullable(),
  lastError: z.string().nullable(),
});
export type Delivery = z.infer<typeof deliverySchema>;
export const deliveriesSchema = z.object({ rows: z.array(deliverySchema), total: z.number().int() });
export type Deliveries = z.infer<typeof deliveriesSchema>;

const number = (min: number, max: number, fallback: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback);
export const deliveryQuerySchema = z.object({ page: number(1, 100_000, 1), size: number(1, 100, 20) });
