import { z } from "zod";
import { instantSchema } from "./service-account";

export const ownerKinds = ["person", "team"] as const;

/** PostgreSQL has no NUL, and UTF-8 no half surrogates; lines end alike wherever they were typed. */
const storable = (value: string) => value.replace(/[\0\p{Surrogate}]/gu, "\ufffd").replace(/\r\n?/g, "\n");

const text = (max: number) =>
  z
    .string()
    .transform(storable)
    .pipe(z.string().trim().max(max, `At most ${max} characters.`))
    .transform((value) => value || null)
    .nullable();

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

const fields = {
  owner: text(120),
  ownerKind: z.enum(ownerKinds),
  /** Where warnings for the owner go. */
  contact: z.union([
    z.literal("").transform(() => null),
    z.null(),
    z.string().trim().pipe(z.email("Not an e-mail address.").max(254)),
  ]),
  purpose: text(500),
  ticket: text(300),
  tags: z
    .array(tagSchema)
    .max(20, "At most 20 tags.")
    .transform((tags) => [...new Set(tags)].sort()),
  /** Days the owner needs to bring a new secret to where it is used; null: the policy's. */
  leadTimeDays: z
    .number("A number of days.")
    .int("Whole days.")
    .min(0, "0 days or more.")
    .max(365, "At most 365 days.")
    .nullable(),
  /** The owner's IANA time zone, for warnings; null: UTC. */
  timeZone: timeZoneSchema.nullable(),
  /** Why it holds owner or admin, and why it never expires, where it does. */
  roleReason: text(500),
  neverReason: text(500),
  notes: text(2_000),
};

/** What Keywarden keeps of a service account beside Mixpanel: whose it is and what it is for. Null means not recorded. */
export const annotationSchema = z.object({
  owner: fields.owner.default(null),
  ownerKind: fields.ownerKind.default("person"),
  contact: fields.contact.default(null),
  purpose: fields.purpose.default(null),
  ticket: fields.ticket.default(null),
  tags: fields.tags.default([]),
  leadTimeDays: fields.leadTimeDays.default(null),
  timeZone: fields.timeZone.default(null),
  roleReason: fields.roleReason.default(null),
  neverReason: fields.neverReason.default(null),
  notes: fields.notes.default(null),
});
export type Annotation = z.infer<typeof annotationSchema>;
export const annotationKeys = annotationSchema.keyof().options;
export type AnnotationKey = (typeof annotationKeys)[number];

/** Some fields of an annotation; what is absent stays as it is. */
export const annotationPatchSchema = z.object(fields).partial();
export type AnnotationPatch = z.infer<typeof annotationPatchSchema>;

export const emptyAnnotation: Annotation = annotationSchema.parse({});

/** An annotation as stored; `updatedAt` is null where nothing was ever recorded. */
export const annotationViewSchema = annotationSchema.extend({
  updatedBy: z.string().nullable(),
  updatedAt: instantSchema.nullable(),
});
export type AnnotationView = z.infer<typeof annotationViewSchema>;
