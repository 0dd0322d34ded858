import type { Logger } from "pino";
import type { Dispatcher } from "undici";
import type { z } from "zod";
import type { Region } from "@/lib/domain/region";
import { readBody } from "./answer";
import type { Answer, Call } from "./call";
import { authorizationOf, type Credential, createRedactor } from "./credential";
import { type CallFacts, judge, refusedInBody, unreadableAnswer } from "./failure";
import type { createObserver } from "./health";
import { exchangeFollowing } from "./redirect";
import { parseHttpDate } from "./retry-after";
import type { Deadlines, OutgoingRequest, Reply, ReplyHeaders } from "./transport";
import { UpstreamError } from "./upstream-error";

export type ReadyCall<T> = Call<T> & { region: Region; credential: Credential; own: boolean };
export type Attempt = <T>(call: ReadyCall<T>) => Promise<Answer<T> | UpstreamError>;

export type AttemptParts = {
  dispatcher: Dispatcher;
  addressOf: (region: Region, path: string) => URL;
  deadlines: Deadlines;
  observer: ReturnType<typeof createObserver>;
  now: () => Date;
  newReference: () => string;
  logger?: Pick<Logger, "debug" | "warn">;
};

const referenceHeaders = ["x-request-id", "x-mixpanel-request-id", "x-cloud-trace-context", "x-amzn-trace-id"];

function referenceOf(headers: ReplyHeaders, redact: (text: string) => string): string | undefined {
  return referenceHeaders
    .map((name) => headers[name])
    .find((value) => typeof value === "string" && /^[\x21-\x7e]{1,128}$/.test(value) && redact(value) === value)
    ?.toString();
}

function outcomeOf<T>(reply: Reply, answer: z.ZodType<T>, facts: CallFacts): Answer<T> | UpstreamError {
  const judged = judge(reply, facts);
  if (judged instanceof UpstreamError) return judged;
  const { status, body } = judged;
  const read = readBody(body, answer, facts.redact);
  if (read.kind === "bad") return unreadableAnswer(read.reason, status, facts);
  if (read.kind === "refused") return refusedInBody(read.reason, status, facts);
  const { reference } = facts;
  return { value: read.value, status, reference, upstreamDate: parseHttpDate(reply.headers.date) };
}

/** Makes the function that sends a call once and turns whatever comes back into an answer or the error of the table. */
export function createAttempt(parts: AttemptParts): Attempt {
  const { dispatcher, addressOf, deadlines, observer, now, newReference, logger } = parts;
  return async (call) => {
    const redact = createRedactor(call.credential);
    const request: OutgoingRequest = {
      url: addressOf(call.region, call.path),
      method: call.method,
      headers: {
        authorization: authorizationOf(call.credential),
        accept: "application/json",
        "accept-encoding": "identity",
        "user-agent": "keywarden",
        ...(call.body === undefined ? {} : { "content-type": "application/json" }),
      },
      body: call.body === undefined ? null : JSON.stringify(call.body),
    };
    const start = performance.now();
    const reply = await exchangeFollowing(dispatcher, request, deadlines);
    observer.clock(parseHttpDate(reply.headers.date));
    const reference = referenceOf(reply.headers, redact) ?? newReference();
    const outcome = outcomeOf(reply, call.answer, { kind: call.kind, reference, now: now(), redact });

    const line = {
      method: call.method,
      path: call.path,
      region: call.region,
      status: reply.status,
      milliseconds: Math.round(performance.now() - start),
      reference,
    };
    if (outcome instanceof UpstreamError) {
      if (call.own) observer.failure(outcome);
      logger?.warn(
        { ...line, code: outcome.code, sent: outcome.sent, reason: outcome.details.reason },
        "upstream failed",
      );
    } else {
      if (call.own) observer.success();
      logger?.debug(line, "upstream answered");
    }
    return outcome;
  };
}
