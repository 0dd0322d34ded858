import type { Dispatcher } from "undici";

export const MAX_ANSWER_BYTES = 5 * 1024 * 1024;

/** Milliseconds: to open a connection, to the answer's head, between two parts of its body, and for all of it. */
export type Deadlines = { connect: number; headers: number; body: number; total: number };
export const defaultDeadlines: Deadlines = { connect: 3_000, headers: 9_000, body: 5_000, total: 10_000 };

export type OutgoingRequest = {
  url: URL;
  method: "GET" | "POST" | "DELETE";
  headers: Record<string, string>;
  body: string | null;
};

/** `unreachable` means that no byte of the request left; after any other problem it may have been carried out. */
export type Problem = "unreachable" | "timeout" | "interrupted" | "too_large" | "redirected";
export type ReplyHeaders = Record<string, string | string[] | undefined>;
/** A whole answer, or what kept it from being one; status is null when not even its head came. */
export type Reply =
  | { status: number; headers: ReplyHeaders; body: Buffer; problem: null }
  | {
      status: number | null;
      headers: ReplyHeaders;
      body: null;
      problem: Problem;
      /** The network's own code, such as ECONNREFUSED. */
      networkCode: string | null;
    };

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}

const timeoutCodes = new Set(["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"]);

/** Sends one request once and reads its answer; never rejects. */
export function exchange(dispatcher: Dispatcher, request: OutgoingRequest, deadlines: Deadlines): Promise<Reply> {
  return new Promise((resolve) => {
    let started: Dispatcher.DispatchController | null = null;
    let status: number | null = null;
    let headers: ReplyHeaders = {};
    let complete = () => fail("interrupted");
    let size = 0;
    let settled = false;
    const chunks: Buffer[] = [];

    const settle = (reply: Reply) => {
      settled = true;
      clearTimeout(timer);
      resolve(reply);
    };
    const fail = (problem: Problem, networkCode: string | null = null) => {
      if (!settled) settle({ status, headers, body: null, problem, networkCode });
    };
    const stop = (problem: Problem) => {
      fail(problem);
      started?.abort(new Error(problem));
    };
    const timer = setTimeout(() => stop(started ? "timeout" : "unreachable"), deadlines.total);

    dispatcher.dispatch(
      {
        origin: request.url.origin,
        path: `${request.url.pathname}${request.url.search}`,
        method: request.method,
        headers: request.headers,
        body: request.body,
        headersTimeout: deadlines.headers,
        bodyTimeout: deadlines.body,
      },
      {
        onRequestStart(controller) {
          // Called before the first byte is written: given up by now means that nothing is sent.
          if (settled) controller.abort(new Error("given up"));
          else started = controller;
        },
        onResponseStart(_controller, statusCode, received) {
          if (statusCode < 200) return;
          status = statusCode;
          headers = received;
          complete = () =>
            settle({ status: statusCode, headers: received, body: Buffer.concat(chunks), problem: null });
          if (Number(received["content-length"]) > MAX_ANSWER_BYTES) stop("too_large");
        },
        onResponseData(_controller, chunk) {
          size += chunk.length;
          if (size > MAX_ANSWER_BYTES) stop("too_large");
          else chunks.push(chunk);
        },
        onResponseEnd: () => complete(),
        onResponseError(_controller, error) {
          const code = codeOf(error);
          fail(started === null ? "unreachable" : timeoutCodes.has(code) ? "timeout" : "interrupted", code);
        },
      },
    );
  });
}
