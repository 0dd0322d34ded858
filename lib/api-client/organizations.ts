import { queryOptions } from "@tanstack/react-query";
import { organizationsAnswerSchema } from "@/lib/domain/inventory-view";
import {
  type AddOrganizationInput,
  type CredentialInput,
  credentialViewSchema,
  organizationAnswerSchema,
  organizationRemovedSchema,
  previewAnswerSchema,
  type RotationInput,
} from "@/lib/domain/organization-credential";
import { api } from "@/lib/paths/paths";
import { fetchJson } from "./fetch-json";
import { queryKeys } from "./query-keys";

export function organizationsQuery() {
  return queryOptions({
    queryKey: queryKeys.organizations,
    queryFn: ({ signal }) => fetchJson(api.organizations, organizationsAnswerSchema, { signal }),
  });
}

/** Where an organization's credential comes from; administrators only. */
export function credentialQuery(key: string) {
  return queryOptions({
    queryKey: queryKeys.part(key, "credential"),
    queryFn: ({ signal }) => fetchJson(api.credential(key), credentialViewSchema, { signal }),
  });
}

/** What the credential would bring. It goes in the body, and neither it nor the answer into any cache. */
export function previewOrganization(input: CredentialInput) {
  return fetchJson(api.organizationPreview, previewAnswerSchema, { method: "POST", body: input });
}

export function addOrganization(input: AddOrganizationInput, idempotencyKey: string) {
  return fetchJson(api.organizations, organizationAnswerSchema, { method: "POST", body: input, idempotencyKey });
}

export function replaceCredential(key: string, input: CredentialInput, idempotencyKey: string) {
  return fetchJson(api.credential(key), credentialViewSchema, { method: "POST", body: input, idempotencyKey });
}

/** Starts a rotation, or goes on with the one that is named. */
export function rotateCredential(key: string, input: Partial<RotationInput>, idempotencyKey: string) {
  const body = { rotationId: null, ...input };
  return fetchJson(api.credentialRotation(key), credentialViewSchema, { method: "POST", body, idempotencyKey });
}

export function cancelRotation(key: string, rotationId: string, idempotencyKey: string) {
  const body = { rotationId };
  return fetchJson(api.cancelCredentialRotation(key), credentialViewSchema, { method: "POST", body, idempotencyKey });
}

export function removeOrganization(key: string, confirmation: string, idempotencyKey: string) {
  const body = { confirmation };
  return fetchJson(api.organizationRemoval(key), organizationRemovedSchema, { method: "POST", body, idempotencyKey });
}
