import { annotationViewSchema } from "@/lib/domain/annotation";
import { type AnnotateInput, type AnnotateManyInput, annotatedAnswerSchema } from "@/lib/domain/annotation-change";
import { type ImportInput, type ImportPreviewInput, importAnswerSchema } from "@/lib/domain/annotation-import";
import type { AccountQuery } from "@/lib/domain/list-query";
import { api } from "@/lib/paths/paths";
import { fetchJson } from "./fetch-json";
import { withQuery } from "./query-string";

export function annotateServiceAccount(key: string, accountId: number, input: AnnotateInput, idempotencyKey: string) {
  const send = { method: "POST", body: input, idempotencyKey } as const;
  return fetchJson(api.annotation(key, accountId), annotationViewSchema, send);
}

export function annotateServiceAccounts(key: string, input: AnnotateManyInput, idempotencyKey: string) {
  return fetchJson(api.annotations(key), annotatedAnswerSchema, { method: "POST", body: input, idempotencyKey });
}

export function previewImport(key: string, input: ImportPreviewInput) {
  return fetchJson(api.annotationsPreview(key), importAnswerSchema, { method: "POST", body: input });
}

export function importAnnotations(key: string, input: ImportInput, idempotencyKey: string) {
  return fetchJson(api.annotationsImport(key), importAnswerSchema, { method: "POST", body: input, idempotencyKey });
}

/** Address of the annotations of what is filtered; page and size do not matter to it. */
export function annotationsExportAddress(key: string, query: AccountQuery): string {
  return withQuery(api.annotationsExport(key), { ...query, page: undefined, size: undefined });
}
