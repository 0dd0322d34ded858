import { type Annotation, annotationSchema } from "@/lib/domain/annotation";
import {
  type AnnotatedAnswer,
  type AnnotateManyInput,
  annotatedAnswerSchema,
  changedKeys,
  withFields,
} from "@/lib/domain/annotation-change";
import { AppError } from "@/lib/domain/app-error";
import type { OrganizationContext } from "@/lib/services/context";
import { requireOperator } from "@/lib/services/operations/require-operator";
import { broughtAbout } from "@/lib/services/organizations/once";
import { type Annotated, writeAnnotations } from "./write-annotations";

type Request = { context: OrganizationContext; input: AnnotateManyInput; idempotencyKey: string };

/** Sets the same fields of several accounts and leaves the others as they are; all of it or, where one cannot be, nothing. */
export async function annotateServiceAccounts({
  context,
  input,
  idempotencyKey: key,
}: Request): Promise<AnnotatedAnswer> {
  const actor = requireOperator(context, "annotation:write");
  const organizationKey = context.organization.key;
  const intention = { actor, key, request: { act: "annotate many", organizationKey, input } };
  const done = await broughtAbout(context, intention);
  if (done !== null) return annotatedAnswerSchema.parse(JSON.parse(done));
  const accountIds = [...new Set(input.accountIds)];
  return writeAnnotations(context, intention, accountIds, (stored) => {
    const next = new Map([...stored].map(([id, annotated]) => [id, nextOf(annotated, input)]));
    const changed = [...stored].filter(([id, { annotation }]) => {
      const after = next.get(id);
      return after !== undefined && changedKeys(annotation, after).length > 0;
    }).length;
    const missing = accountIds.length - stored.size;
    return { next, outcome: { changed, unchanged: stored.size - changed, missing } };
  });
}

function nextOf({ account, annotation }: Annotated, input: AnnotateManyInput): Annotation {
  const next = annotationSchema.safeParse(withFields(annotation, input));
  if (next.success) return next.data;
  const message = `${account.name}: ${next.error.issues[0]?.message ?? "The tags cannot be set."}`;
  throw new AppError("bad_request", { fields: { addTags: message } });
}
