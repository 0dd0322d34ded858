import { z } from "zod";
import { tagSchema, timeZoneSchema } from "./annotation";
import { severities, severitySchema } from "./policy";
import { instantSchema } from "./service-account";

export const channelKinds = ["mail", "slack", "webhook"] as const;
export const channelKindSchema = z.enum(channelKinds);
export type ChannelKind = z.infer<typeof channelKindSchema>;

/** One line without control characters: it stands in subjects and in the record. */
const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1, "Give it a name.")
    .max(max, `At most ${max} characters.`)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, "One line only.");

const distinct = <T>(values: T[]) => [...new Set(values)];

/** Which warnings a channel gets, and when. */
export const channelSettingsSchema = z.object({
  name: line(80),
  enabled: z.boolean().default(true),
  severities: z
    .array(severitySchema)
    .min(1, "Choose at least one.")
    .transform(distinct)
    .default([...severities]),
  /** Only accounts of these owners, or with one of these tags; both empty: all of them. */
  owners: z.array(line(120)).max(50).transform(distinct).default([]),
  tags: z.array(tagSchema).max(50).transform(distinct).default([]),
  /** Also new findings, by their severity. */
  findings: z.boolean().default(true),
  delivery: z.enum(["digest", "single"]).default("digest"),
  /** The hour of the owner's day at which warnings go out. */
  hour: z.number().int().min(0).max(23).default(9),
  /** For accounts whose owner's time zone is not recorded. */
  timeZone: timeZoneSchema.default("UTC"),
});
export type ChannelSettings = z.infer<typeof channelSettingsSchema>;

const address = z.email("Not an e-mail address.").max(254);
export const mailTargetSchema = z.object({
  /** Write to each account's recorded contact; what has none goes to `addresses`. */
  toOwners: z.boolean().default(true),
  addresses: z.array(address).min(1, "Give at least one address.").max(20, "At most 20 addresses.").transform(distinct),
});
export type MailTarget = z.infer<typeof mailTargetSchema>;

const targetUrl = z
  .url({ protocol: /^https?$/, error: "Not a web address, for example https://alerts.example.com/keywarden." })
  .max(2_000);

/** Slack's own form of an incoming webhook is not demanded: compatible services take the same messages. */
export const channelInputSchema = z.discriminatedUnion("kind", [
  channelSettingsSchema.extend({ kind: z.literal("mail"), mail: mailTargetSchema }),
  channelSettingsSchema.extend({ kind: z.literal("slack"), url: targetUrl }),
  channelSettingsSchema.extend({ kind: z.literal("webhook"), url: targetUrl }),
]);
export type ChannelInput = z.infer<typeof channelInputSchema>;

/** A change says all settings anew; an address that is left out stays, for nobody can read it back. */
export const channelChangeSchema = z.discriminatedUnion("kind", [
  channelSettingsSchema.extend({ kind: z.literal("mail"), mail: mailTargetSchema }),
  channelSettingsSchema.extend({ kind: z.literal("slack"), url: targetUrl.optional() }),
  channelSettingsSchema.extend({
    kind: z.literal("webhook"),
    url: targetUrl.optional(),
    renewSecret: z.boolean().default(false),
  }),
]);
export type ChannelChange = z.infer<typeof channelChangeSchema>;

/** A channel as it may be shown: of an address only its host, of a secret nothing. */
export const channelViewSchema = channelSettingsSchema.extend({
  id: z.string(),
  kind: channelKindSchema,
  mail: mailTargetSchema.nullable(),
  /** Host of the address it sends to; null for mail. */
  host: z.string().nullable(),
  /** Since when nothing arrives there; null while it works. */
  failingSince: instantSchema.nullable(),
  lastDeliveredAt: instantSchema.nullable(),
  waiting: z.number().int(),
  createdBy: z.string(),
  createdAt: instantSchema,
  updatedBy: z.string(),
  updatedAt: instantSchema,
});
export type ChannelView = z.infer<typeof channelViewSchema>;

export const channelsAnswerSchema = z.object({
  channels: z.array(channelViewSchema),
  /** Whether a mail server is configured. */
  mailReady: z.boolean(),
});
export type ChannelsAnswer = z.infer<typeof channelsAnswerSchema>;

/** The signing secret is answered once, when it is made. */
export const channelSavedSchema = z.object({ channel: channelViewSchema, secret: z.string().nullable() });
export type ChannelSaved = z.infer<typeof channelSavedSchema>;
export const channelRemovedSchema = z.object({ id: z.string() });

/** What came of a test message, in words. */
export const channelTestSchema = z.object({ delivered: z.boolean(), message: z.string() });
export type ChannelTest = z.infer<typeof channelTestSchema>;

/** A target that has not taken anything for so long is spoken of on every page of its organization. */
export const TARGET_DOWN_AFTER_MS = 3_600_000;
