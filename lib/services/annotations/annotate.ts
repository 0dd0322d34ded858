import { findAnnotation } from "@/lib/db/annotations";
import type { AnnotationView } from "@/lib/domain/annotation";
import type { AnnotateInput } from "@/lib/domain/annotation-change";
import { AppError } from "@/lib/domain/app-error";
import type { OrganizationContext } from "@/lib/services/context";
import { requireOperator } from "@/lib/services/operations/require-operator";
import { broughtAbout } from "@/lib/services/organizations/once";
import { type Annotated, writeAnnotations } from "./write-annotations";

type Request = { context: OrganizationContext; accountId: number; input: AnnotateInput; idempotencyKey: string };

/** Records whose an account is and what it is for. Throws `changed_meanwhile` when somebody else has done so since. */
export async function annotateServiceAccount(request: Request): Promise<AnnotationView> {
  const { context, accountId, input, idempotencyKey: key } = request;
  const actor = requireOperator(context, "annotation:write");
  const organizationKey = context.organization.key;
  const intention = { actor, key, request: { act: "annotate", organizationKey, accountId, input } };
  if ((await broughtAbout(context, intention)) === null) {
    await writeAnnotations(context, intention, [accountId], (stored) => {
      assertUnchanged(stored.get(accountId), input);
      return { next: new Map([[accountId, input.annotation]]), outcome: accountId };
    });
  }
  return findAnnotation(context.database, organizationKey, accountId);
}

function assertUnchanged(stored: Annotated | undefined, { seen }: AnnotateInput): void {
  if (!stored) throw new AppError("not_found", { reason: "No such service account is in the inventory." });
  const { updatedAt, updatedBy } = stored.annotation;
  if (updatedAt === seen) return;
  throw new AppError("changed_meanwhile", { reason: `${updatedBy ?? "Somebody"} has changed it since you opened it.` });
}
