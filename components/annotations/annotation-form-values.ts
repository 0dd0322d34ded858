import { z } from "zod";
import { type Annotation, annotationSchema, type tagSchema } from "@/lib/domain/annotation";

const { tags, leadTimeDays, timeZone } = annotationSchema.shape;
type Tag = z.infer<typeof tagSchema>;

/** Tags as people type them, with spaces or commas between. */
export const tagsTextSchema = z.string().transform((text, context): Tag[] => {
  const parsed = tags.safeParse(text.split(/[\s,;]+/).filter(Boolean));
  if (parsed.success) return parsed.data;
  context.addIssue({ code: "custom", message: parsed.error.issues[0]?.message ?? "These are no tags." });
  return z.NEVER;
});

/** What the form holds, as text, and the annotation that comes of it. */
export const annotationFormSchema = z.object({
  ...annotationSchema.shape,
  tags: tagsTextSchema,
  leadTimeDays: z
    .string()
    .trim()
    .transform((text) => (text === "" ? null : Number(text)))
    .pipe(leadTimeDays.unwrap()),
  timeZone: z
    .string()
    .transform((text) => text || null)
    .pipe(timeZone.unwrap()),
});
export type AnnotationFormValues = z.input<typeof annotationFormSchema>;

export function toFormValues(annotation: Annotation): AnnotationFormValues {
  const { leadTimeDays: days, timeZone: zone, ...rest } = annotation;
  const texts = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, value ?? ""]));
  return {
    ...texts,
    ownerKind: annotation.ownerKind,
    tags: annotation.tags.join(" "),
    leadTimeDays: days === null ? "" : String(days),
    timeZone: zone ?? "",
  };
}
