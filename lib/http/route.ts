import type { z } from "zod";
import type { RequestContext } from "@/lib/services/context";
import { answerHeaders } from "./answer-headers";
import { createHandler, type Handler, type Input, type Rule } from "./handler";

type Answering<Answer> = { answer: z.ZodType<Answer>; status?: number };
type Route<Params, Query, Body, Answer> = Rule<Params, Query, Body> &
  Answering<Answer> & { handle: (input: Input<Params, Query, Body>) => Promise<Answer> };
type ChangeRoute<Params, Query, Body, Answer> = Rule<Params, Query, Body> &
  Answering<Answer> & {
    handle: (input: Input<Params, Query, Body> & { idempotencyKey: string }) => Promise<Answer>;
  };

/** A handler that reads, or writes only what concerns its operator alone. There is none without a permission. */
export function route<Params, Query, Body, Answer>(rule: Route<Params, Query, Body, Answer>): Handler {
  return createHandler({ ...rule, change: false }, async (input) => {
    return jsonAnswer(rule, await rule.handle(input), input.context);
  });
}

/** A handler that changes something: it wants an Idempotency-Key, a database that can record, and no stop under way. */
export function changeRoute<Params, Query, Body, Answer>(rule: ChangeRoute<Params, Query, Body, Answer>): Handler {
  return createHandler({ ...rule, change: true }, async (input, idempotencyKey) => {
    return jsonAnswer(rule, await rule.handle({ ...input, idempotencyKey }), input.context);
  });
}

/** Only what the schema lists leaves the server, whatever the service answered. */
export function jsonAnswer<Answer>(
  { answer, status = 200 }: Answering<Answer>,
  value: Answer,
  { reference }: Pick<RequestContext, "reference">,
): Response {
  return Response.json(answer.parse(value), { status, headers: answerHeaders(reference) });
}
