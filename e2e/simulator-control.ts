import { z } from "zod";

/** What the simulator can be told to do wrong; docs/simulator.md describes each kind. */
export type Fault =
  | { kind: "status"; status: number; headers?: Record<string, string>; body?: unknown }
  | { kind: "html"; status?: number }
  | { kind: "redirect"; location?: string }
  | { kind: "delay"; ms: number }
  | { kind: "truncate"; bytes: number }
  | { kind: "slow-body"; bytesPerSecond: number }
  | { kind: "reset-before" | "reset-after-commit" | "invalid-json" };
export type FaultOrder = { method?: string; path?: string; times?: number; fault: Fault };

const ledgerSchema = z.array(
  z.object({
    sequence: z.number(),
    at: z.string(),
    method: z.string(),
    path: z.string(),
    body: z.unknown(),
    result: z.unknown(),
  }),
);
const requestsSchema = z.object({ counts: z.record(z.string(), z.number()), peakConcurrency: z.number() });

/** Steers a running simulator from a spec, over its HTTP controls. */
export function simulatorControl(origin: string) {
  const call = async (method: string, name: string, body?: unknown): Promise<unknown> => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const answer = await fetch(`${origin}/__simulator/${name}`, init);
    if (!answer.ok) throw new Error(`The simulator refused ${method} ${name}: ${await answer.text()}`);
    const text = await answer.text();
    return text === "" ? undefined : JSON.parse(text);
  };
  return {
    origin,
    fault: (order: FaultOrder) => call("POST", "faults", order),
    clearFaults: () => call("DELETE", "faults"),
    /** Every accepted change, in order. */
    ledger: async () => ledgerSchema.parse(await call("GET", "ledger")),
    requests: async () => requestsSchema.parse(await call("GET", "requests")),
    clock: (move: { now: string } | { advanceSeconds: number }) => call("POST", "clock", move),
    /** Back to the seed: accounts, ledger, counts, faults and clock. */
    reset: () => call("POST", "reset"),
  };
}
export type SimulatorControl = ReturnType<typeof simulatorControl>;
