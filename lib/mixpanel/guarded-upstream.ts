import type { Upstream } from "./client";

/** The same connection, but whatever is sent through it asks `mayLeave` when its turn has come; see `Call`. */
export function guardedUpstream(upstream: Upstream, mayLeave: () => Promise<boolean>): Upstream {
  return { ...upstream, call: (call) => upstream.call({ ...call, mayLeave }) };
}
