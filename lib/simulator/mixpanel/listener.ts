import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type Answer, errorEnvelope, Refusal, refusalAnswer } from "./answer";
import { handleApi, mountOf } from "./api";
import { control } from "./control";
import { deliver } from "./deliver";
import { readBody } from "./read-body";
import type { Simulator } from "./simulator";

const CONTROL = "/__simulator";

/** The path without its query; a proxy may send the whole address. */
function pathnameOf(url: string): string {
  const path = url.replace(/^https?:\/\/[^/]*/i, "");
  return path.split("?")[0] ?? "/";
}

async function controlAnswer(simulator: Simulator, request: IncomingMessage, pathname: string): Promise<Answer | null> {
  try {
    const body = await readBody(request);
    if (!body) return null;
    if (!pathname.startsWith(`${CONTROL}/`)) throw new Refusal(404, "There is nothing at this address.");
    return control(simulator, request.method ?? "GET", pathname.slice(CONTROL.length), body);
  } catch (failure) {
    if (failure instanceof Refusal) return refusalAnswer(failure);
    throw failure;
  }
}

async function handle(simulator: Simulator, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const pathname = pathnameOf(request.url ?? "/");
  const mount = mountOf(pathname);
  if (mount) return handleApi(simulator, request, response, mount);
  const answer = await controlAnswer(simulator, request, pathname);
  if (answer) await deliver(response, answer, null, () => simulator.clock.now());
}

/** The request listener; a mistake of the simulator's own becomes a 500 in the envelope, never a crash. */
export function listenerFor(simulator: Simulator) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    handle(simulator, request, response).catch((failure: unknown) => {
      process.stderr.write(`simulator: ${failure instanceof Error ? failure.stack : String(failure)}\n`);
      if (response.headersSent) response.destroy();
      else
        response
          .writeHead(500, { "Content-Type": "application/json" })
          .end(JSON.stringify(errorEnvelope("Internal error.")));
    });
  };
}

/** Answers bytes that are no HTTP request in the envelope too. */
export function answerGarbage(simulator: Simulator, socket: Duplex): void {
  if (!socket.writable) return;
  const body = JSON.stringify(errorEnvelope("The request could not be read as HTTP."));
  const head = [
    "HTTP/1.1 400 Bad Request",
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Date: ${new Date(simulator.clock.now()).toUTCString()}`,
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
