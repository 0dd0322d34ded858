import { queryOptions } from "@tanstack/react-query";
import { batchAnswerSchema } from "@/lib/domain/change";
import type { BreakGlassInput, StartRotationInput } from "@/lib/domain/rotation-input";
import {
  type CampaignInput,
  campaignViewSchema,
  issuedAnswerSchema,
  rotationAnswerSchema,
  rotationListSchema,
  rotationPreviewSchema,
} from "@/lib/domain/rotation-view";
import { api } from "@/lib/paths/paths";
import { fetchJson } from "./fetch-json";
import { queryKeys } from "./query-keys";

const REFRESHED_MS = 30_000;

export function rotationsQuery(key: string) {
  return queryOptions({
    queryKey: queryKeys.part(key, "rotations"),
    queryFn: ({ signal }) => fetchJson(api.rotations(key), rotationListSchema, { signal }),
  });
}

/** Asked again now and then: uses are seen by syncs, and the clock alone ends an overlap. */
export function rotationQuery(key: string, rotationId: string) {
  return queryOptions({
    queryKey: queryKeys.part(key, "rotation", rotationId),
    queryFn: ({ signal }) => fetchJson(api.rotation(key, rotationId), rotationAnswerSchema, { signal }),
    refetchInterval: (query) => (query.state.data?.rotation.endedAt ? false : REFRESHED_MS),
  });
}

export function rotationPreviewQuery(key: string, accountId: number) {
  return queryOptions({
    queryKey: queryKeys.part(key, "rotation-preview", accountId),
    queryFn: ({ signal }) => fetchJson(api.rotationPreview(key, accountId), rotationPreviewSchema, { signal }),
  });
}

export function campaignQuery(key: string, campaignId: string) {
  return queryOptions({
    queryKey: queryKeys.part(key, "campaign", campaignId),
    queryFn: ({ signal }) => fetchJson(api.campaign(key, campaignId), campaignViewSchema, { signal }),
  });
}

/** The answers of these three carry the secret: keep them in a dialog's state, never in a cache. */
export function startRotation(key: string, input: Partial<StartRotationInput>, idempotencyKey: string) {
  return fetchJson(api.rotations(key), issuedAnswerSchema, { method: "POST", body: input, idempotencyKey });
}

export function breakGlass(key: string, input: BreakGlassInput, idempotencyKey: string) {
  return fetchJson(api.breakGlass(key), issuedAnswerSchema, { method: "POST", body: input, idempotencyKey });
}

export type IssueStep = { step: "issue" } | { step: "reissue"; confirmation: string };

export function issueStep(key: string, rotationId: string, { step, ...rest }: IssueStep, idempotencyKey: string) {
  const address = api.rotationStep(key, rotationId, step);
  return fetchJson(address, issuedAnswerSchema, { method: "POST", body: rest, idempotencyKey });
}

export const plainSteps = ["hand-over", "quarantine", "restore", "keep", "cancel"] as const;
export type RotationStepInput = { step: (typeof plainSteps)[number] } | { step: "deletion"; confirmation: string };

export function takeRotationStep(
  key: string,
  rotationId: string,
  { step, ...rest }: RotationStepInput,
  idempotencyKey: string,
) {
  const address = api.rotationStep(key, rotationId, step);
  return fetchJson(address, rotationAnswerSchema, { method: "POST", body: rest, idempotencyKey });
}

export function finishMemberships(key: string, rotationId: string, idempotencyKey: string) {
  const address = api.rotationStep(key, rotationId, "memberships");
  return fetchJson(address, batchAnswerSchema, { method: "POST", body: {}, idempotencyKey });
}

export function createCampaign(key: string, input: CampaignInput, idempotencyKey: string) {
  return fetchJson(api.campaigns(key), campaignViewSchema, { method: "POST", body: input, idempotencyKey });
}

export function closeCampaign(key: string, campaignId: string, idempotencyKey: string) {
  const address = api.closeCampaign(key, campaignId);
  return fetchJson(address, campaignViewSchema, { method: "POST", body: {}, idempotencyKey });
}
