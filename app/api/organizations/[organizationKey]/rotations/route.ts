import { startRotationInputSchema } from "@/lib/domain/rotation-input";
import { issuedAnswerSchema, rotationListSchema } from "@/lib/domain/rotation-view";
import { organizationChange, organizationRoute } from "@/lib/http/organization-route";
import { organizationParameters } from "@/lib/http/parameters";
import { listRotations } from "@/lib/services/rotations/list";
import { startRotation } from "@/lib/services/rotations/start";

export const GET = organizationRoute({
  permission: "inventory:read",
  params: organizationParameters,
  answer: rotationListSchema,
  handle: ({ context }) => listRotations({ context }),
});

export const POST = organizationChange({
  permission: "account:rotate",
  params: organizationParameters,
  body: startRotationInputSchema,
  answer: issuedAnswerSchema,
  status: 201,
  handle: ({ context, body, idempotencyKey }) => startRotation({ context, input: body, idempotencyKey }),
});

export { methodNotAllowed as PUT, methodNotAllowed as PATCH, methodNotAllowed as DELETE } from "@/lib/http/refusals";
