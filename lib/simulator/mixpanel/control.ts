import { z } from "zod";
import { parseInstant } from "@/lib/domain/instant";
import { type Answer, Refusal } from "./answer";
import { faultSchema } from "./faults";
import { parseBody } from "./parse-body";
import type { Simulator } from "./simulator";

type Control = (simulator: Simulator, body: Buffer) => unknown;

const clockSchema = z
  .object({ now: z.string().optional(), advanceSeconds: z.number().optional() })
  .refine(
    ({ now, advanceSeconds }) => (now === undefined) !== (advanceSeconds === undefined),
    "needs either now (ISO 8601) or advanceSeconds (a number)",
  );

function readClock(simulator: Simulator) {
  return { now: new Date(simulator.clock.now()).toISOString() };
}

function setClock(simulator: Simulator, body: Buffer) {
  const { now, advanceSeconds } = parseBody(clockSchema, body);
  const instant = now === undefined ? null : parseInstant(now);
  if (now !== undefined && instant === null) throw new Refusal(400, "now: must be an ISO 8601 date");
  const moved =
    instant === null ? simulator.clock.advance(advanceSeconds ?? 0) : simulator.clock.set(Date.parse(instant));
  if (!moved) throw new Refusal(400, "The clock can only be between the years 1970 and 9999.");
  return readClock(simulator);
}

function addFault(simulator: Simulator, body: Buffer) {
  simulator.faults.add(parseBody(faultSchema, body));
  return { status: "ok" };
}

function clearFaults(simulator: Simulator) {
  simulator.faults.clear();
  return { status: "ok" };
}

function reset(simulator: Simulator) {
  simulator.reset();
  return { status: "ok" };
}

const controls: Record<string, Record<string, Control>> = {
  "/ledger": { GET: (simulator) => simulator.ledger.entries() },
  "/requests": { GET: (simulator) => simulator.requests.report() },
  "/faults": { GET: (simulator) => simulator.faults.active(), POST: addFault, DELETE: clearFaults },
  "/clock": { GET: readClock, POST: setClock },
  "/reset": { POST: reset },
};

/** Answers a request under `/__simulator`; `path` is what follows it. */
export function control(simulator: Simulator, method: string, path: string, body: Buffer): Answer {
  const bare = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
  const methods = Object.hasOwn(controls, bare) ? controls[bare] : undefined;
  if (!methods) throw new Refusal(404, "There is nothing at this address.");
  const handler = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (!handler) {
    throw new Refusal(405, `Method ${method} is not allowed here.`, { Allow: Object.keys(methods).join(", ") });
  }
  return { status: 200, body: handler(simulator, body) };
}
