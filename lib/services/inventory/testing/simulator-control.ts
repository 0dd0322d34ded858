import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";

export type FaultRequest = {
  method?: string;
  path?: string;
  times?: number;
  fault: { kind: string } & Record<string, unknown>;
};

const requestsSchema = z.object({ counts: z.record(z.string(), z.number()), peakConcurrency: z.number() });

/** The simulator's controls over HTTP, and its API with the owner's credential: what others do at Mixpanel meanwhile. */
export function controlSimulator(url: string, owner: { username: string; secret: string }) {
  const send = async (path: string, method = "GET", body?: unknown) => {
    const response = await fetch(`${url}/__simulator${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const authorization = `Basic ${Buffer.from(`${owner.username}:${owner.secret}`).toString("base64")}`;
  return {
    fail: (fault: FaultRequest) => send("/faults", "POST", fault),
    heal: () => send("/faults", "DELETE"),
    setClock: (now: string) => send("/clock", "POST", { now }),
    /** Requests to the API so far. */
    requests: async (ofPath = "") => {
      const { counts } = requestsSchema.parse(await send("/requests"));
      return Object.entries(counts)
        .filter(([name]) => name.includes(ofPath))
        .reduce((sum, [, count]) => sum + count, 0);
    },
    api: async (method: string, path: string, body?: unknown): Promise<unknown> => {
      const response = await fetch(`${url}/api/app${path}`, {
        method,
        headers: { authorization, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return response.json();
    },
  };
}

/** Waits until a condition holds, ten seconds at most. */
export async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let left = 1_000; left > 0; left -= 1) {
    if (await condition()) return;
    await wait(10);
  }
  throw new Error("It did not come to pass within ten seconds.");
}
