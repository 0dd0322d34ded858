import {
  type ImportAnswer,
  type ImportInput,
  type ImportPreviewInput,
  importAnswerSchema,
} from "@/lib/domain/annotation-import";
import type { OrganizationContext } from "@/lib/services/context";
import { requireOperator } from "@/lib/services/operations/require-operator";
import { broughtAbout } from "@/lib/services/organizations/once";
import { findNamed, planImport } from "./plan-import";
import { loadAnnotated, writeAnnotations } from "./write-annotations";

/** What a file's rows would change; changes nothing. */
export async function previewImport(context: OrganizationContext, { rows }: ImportPreviewInput): Promise<ImportAnswer> {
  requireOperator(context, "annotation:write");
  const { database, organization } = context;
  const { byUsername, ids } = await findNamed(database, organization.key, rows);
  return { lines: planImport(rows, byUsername, await loadAnnotated(database, organization.key, ids)).lines };
}

type Request = { context: OrganizationContext; input: ImportInput; idempotencyKey: string };

/** Writes what its rows change, each against the state its preview saw; every other row is told and left. */
export async function importAnnotations({ context, input, idempotencyKey: key }: Request): Promise<ImportAnswer> {
  const actor = requireOperator(context, "annotation:write");
  const organizationKey = context.organization.key;
  const intention = { actor, key, request: { act: "import annotations", organizationKey, input } };
  const done = await broughtAbout(context, intention);
  if (done !== null) return importAnswerSchema.parse(JSON.parse(done));
  const { byUsername, ids } = await findNamed(context.database, organizationKey, input.rows);
  return writeAnnotations(context, intention, ids, (stored) => {
    const { lines, next } = planImport(input.rows, byUsername, stored);
    return { next, outcome: { lines } };
  });
}
