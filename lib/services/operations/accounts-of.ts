import { z } from "zod";
import type { NewOperation } from "@/lib/db/operations";
import { membershipInputSchema, type NamedAccount } from "@/lib/domain/operation-detail";

type Subject = Pick<NewOperation, "kind" | "accountId" | "accountName" | "input">;
const idSchema = z.number().int();

/** The accounts an operation touches; none for a create whose account is still to come. */
export function accountsOf({ kind, accountId, accountName, input }: Subject): NamedAccount[] {
  if (kind === "assign" || kind === "remove") return membershipInputSchema.parse(input).accounts;
  return accountId === null ? [] : [{ id: accountId, name: accountName }];
}

/** The account of a delete. */
export function accountIdOf({ accountId }: Pick<NewOperation, "accountId">): number {
  return idSchema.parse(accountId);
}

/** The project of an assign or a remove. */
export function projectIdOf({ projectId }: Pick<NewOperation, "projectId">): number {
  return idSchema.parse(projectId);
}
