import { z } from "zod";
import {
  type Annotation,
  type AnnotationKey,
  type AnnotationPatch,
  annotationKeys,
  annotationPatchSchema,
  annotationSchema,
  tagSchema,
} from "./annotation";
import { instantSchema } from "./service-account";

const accountIds = z.array(z.number().int().positive()).min(1).max(200);

/** A whole annotation, and the state it was made from: another one meanwhile is not written over. */
export const annotateInputSchema = z.object({ annotation: annotationSchema, seen: instantSchema.nullable() });
export type AnnotateInput = z.infer<typeof annotateInputSchema>;

/** The same fields for several accounts; tags are added and taken away one by one. */
export const annotateManyInputSchema = z
  .object({
    accountIds,
    set: annotationPatchSchema.omit({ tags: true }).default({}),
    addTags: z.array(tagSchema).max(20).default([]),
    removeTags: z.array(tagSchema).max(20).default([]),
  })
  .refine(({ set, addTags, removeTags }) => Object.keys(set).length + addTags.length + removeTags.length > 0, {
    path: ["set"],
    message: "Choose at least one field to set.",
  });
export type AnnotateManyInput = z.infer<typeof annotateManyInputSchema>;

/** How many accounts were changed, were so already, or are not in the inventory any more. */
export const annotatedAnswerSchema = z.object({
  changed: z.number().int(),
  unchanged: z.number().int(),
  missing: z.number().int(),
});
export type AnnotatedAnswer = z.infer<typeof annotatedAnswerSchema>;

/** The annotation with these fields set; its tags may have become too many. */
export function withFields(
  annotation: Annotation,
  { set, addTags, removeTags }: Pick<AnnotateManyInput, "set" | "addTags" | "removeTags">,
): Annotation {
  const tags = [...annotation.tags.filter((tag) => !removeTags.includes(tag)), ...addTags];
  return { ...annotation, ...definedOf(set), tags };
}

function definedOf(set: AnnotationPatch): Partial<Annotation> {
  return Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined));
}

const same = (left: Annotation[AnnotationKey], right: Annotation[AnnotationKey]) =>
  JSON.stringify(left) === JSON.stringify(right);

/** The fields in which two annotations differ. */
export function changedKeys(before: Annotation, after: Annotation): AnnotationKey[] {
  return annotationKeys.filter((key) => !same(before[key], after[key]));
}

/** What the record says of a change: each field before and after; of notes only that they changed. */
export function describeChange(before: Annotation, after: Annotation): Record<string, string> {
  const words = (value: Annotation[AnnotationKey]) =>
    (Array.isArray(value) ? value.join(" ") : String(value ?? "")) || "nothing";
  const lines = changedKeys(before, after).map((key) => [
    key,
    key === "notes" ? "changed" : `${words(before[key])} → ${words(after[key])}`,
  ]);
  return Object.fromEntries(lines);
}
