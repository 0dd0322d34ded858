import { findOperation } from "@/lib/db/operations";
import { AppError } from "@/lib/domain/app-error";
import type { OperationView } from "@/lib/domain/change";
import type { OrganizationContext } from "@/lib/services/context";
import { viewOperations } from "./view-operations";

type Request = { context: OrganizationContext; operationId: string };

/** One operation of the organization. Throws `not_found`. */
export async function getOperation({ context, operationId }: Request): Promise<OperationView> {
  const operation = await findOperation(context.database, context.organization.key, operationId);
  const [view] = operation ? await viewOperations(context, [operation]) : [];
  if (!view) throw new AppError("not_found");
  return view;
}
