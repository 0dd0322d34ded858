import { z } from "zod";
import { answerHeaders } from "./answer-headers";

export const healthAnswerSchema = z.object({ status: z.enum(["live", "ready", "not_ready"]) });

/** Says by itself that it asks for nothing, so that the authorization matrix can tell it from a handler that forgot. */
export type PublicHandler = (() => Promise<Response>) & { readonly permission: "nobody" };
type PublicRoute<Answer> = { answer: z.ZodType<Answer>; handle: () => Promise<{ status: number; value: Answer }> };

/** For health alone: it asks nobody who they are, and so may tell nothing but the state of the process. */
export function publicRoute<Answer>({ answer, handle }: PublicRoute<Answer>): PublicHandler {
  const respond = async () => {
    const { status, value } = await handle();
    return Response.json(answer.parse(value), { status, headers: answerHeaders("health") });
  };
  return Object.assign(respond, { permission: "nobody" } as const);
}
