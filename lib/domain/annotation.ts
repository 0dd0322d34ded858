import { z } from "zod";
import { instantSchema } from "./service-account";

export const ownerKinds = ["person", "team"] as const;

const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `At most ${max} characters.`)
    .transform((value) => value || null)
    .nullable()
    .default(null);

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const timeZoneSchema = z.string().refine(isTimeZone, "Not a time zone, for example Europe/Berlin.");

export const tagSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^[a-z0-9][a-z0-9._:/-]{0,39}$/,
    "Small letters, digits and . _ : / - only, at most 40 characters, starting with a letter or digit.",
  );

/** What Keywarden keeps of a service account beside Mixpanel: whose it is and what it is for. Null means not recorded. */
export const annotationSchema = z.object({
  owner: text(120),
  ownerKind: z.enum(ownerKinds).default("person"),
  /** Where warnings for the owner go. */
  contact: z
    .union([z.literal("").transform(() => null), z.null(), z.email("Not an e-mail address.").max(254)])
    .default(null),
  purpose: text(500),
  ticket: text(300),
  tags: z
    .array(tagSchema)
    .max(20, "At most 20 tags.")
    .transform((tags) => [...new Set(tags)].sort())
    .default([]),
  /** Days the owner needs to bring a new secret to where it is used; null: the policy's. */
  leadTimeDays: z.number().int().min(0).max(365).nullable().default(null),
  /** The owner's IANA time zone, for warnings; null: UTC. */
  timeZone: timeZoneSchema.nullable().default(null),
  /** Why it holds owner or admin, and why it never expires, where it does. */
  roleReason: text(500),
  neverReason: text(500),
  notes: text(2_000),
});
export type Annotation = z.infer<typeof annotationSchema>;

export const emptyAnnotation: Annotation = annotationSchema.parse({});

/** An annotation as stored; `updatedAt` is null where nothing was ever recorded. */
export const annotationViewSchema = annotationSchema.extend({
  updatedBy: z.string().nullable(),
  updatedAt: instantSchema.nullable(),
});
export type AnnotationView = z.infer<typeof annotationViewSchema>;
