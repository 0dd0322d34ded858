import { z } from "zod";
import { answerHeaders } from "./answer-headers";

export const healthAnswerSchema = z.object({ status: z.enum(["live", "ready", "not_ready"]) });

type PublicRoute<Answer> = { answer: z.ZodType<Answer>; handle: () => Promise<{ status: number; value: Answer }> };

/** For health alone: it asks nobody who they are, and so may tell nothing but the state of the process. */
export function publicRoute<Answer>({ answer, handle }: PublicRoute<Answer>): () => Promise<Response> {
  return async () => {
    const { status, value } = await handle();
    return Response.json(answer.parse(value), { status, headers: answerHeaders("health") });
  };
}
