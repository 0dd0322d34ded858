import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Region, regionSchema } from "@/lib/domain/region";
import { type Answer, Refusal, refusalAnswer } from "./answer";
import { authenticate } from "./authenticate";
import { answerInstead, deliver } from "./deliver";
import { readBody } from "./read-body";
import { route } from "./router";
import type { Simulator } from "./simulator";

export type Mount = { path: string; region: Region | null };

/** Splits `/api/app/…` or `/regions/{region}/api/app/…` into the region and the path after it; null for others. */
export function mountOf(pathname: string): Mount | null {
  const match = /^(?:\/regions\/([^/]+))?\/api\/app(\/.*)?$/s.exec(pathname);
  if (!match) return null;
  const path = match[2] ?? "/";
  if (match[1] === undefined) return { path, region: null };
  const region = regionSchema.safeParse(match[1]);
  return region.success ? { path, region: region.data } : null;
}

/** Answers one request to the API, with the fault it meets. */
export async function handleApi(
  simulator: Simulator,
  request: IncomingMessage,
  response: ServerResponse,
  mount: Mount,
) {
  const method = request.method ?? "GET";
  const url = request.url ?? "/";
  response.once("close", simulator.requests.begin(method, mount.path));
  const fault = simulator.faults.take(method, mount.path, { url, host: request.headers.host });
  if (fault?.kind === "reset-before") {
    request.socket.resetAndDestroy();
    return;
  }
  const answer = answerInstead(fault, url) ?? (await work(simulator, request, mount));
  if (!answer) return;
  const held = simulator.latency + (fault?.kind === "delay" ? fault.ms : 0);
  if (held > 0) await sleep(held);
  await deliver(response, answer, fault, () => simulator.clock.now());
}

/** Does what the request asks, in one step once its body is whole; null when the client went away before. */
async function work(simulator: Simulator, request: IncomingMessage, { path, region }: Mount): Promise<Answer | null> {
  const method = request.method ?? "GET";
  try {
    const body = await readBody(request);
    if (!body) return null;
    const { handler, ids } = route(method, path);
    const { world, clock } = simulator;
    const now = clock.now();
    const caller = authenticate(world, request.headers.authorization, now);
    const answer = handler({ world, caller, now, region, ids, body });
    if (answer.mutation) {
      const at = new Date(now).toISOString();
      const sent = method === "DELETE" ? null : JSON.parse(body.toString("utf8"));
      simulator.ledger.append({ at, method, path, body: sent, result: answer.body });
    }
    return answer;
  } catch (failure) {
    if (failure instanceof Refusal) return refusalAnswer(failure);
    throw failure;
  }
}
