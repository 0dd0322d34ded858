"use client";

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";

type NowClock = { now: number; refresh: () => void };
const NowContext = createContext<NowClock | null>(null);

/** One clock for the page: starts at the server's time, so that both draw the same text, and ticks once a minute. */
export function NowProvider({ initial, children }: { initial: number; children: ReactNode }) {
  const [now, setNow] = useState(initial);
  // What the server's clock is ahead of this one stays, so that a wrong local clock misleads nobody.
  const [skew, setSkew] = useState(0);

  useEffect(() => setSkew(initial - Date.now()), [initial]);
  const refresh = useCallback(() => {
    const fresh = Date.now() + skew;
    setNow((shown) => (Math.abs(fresh - shown) > 5000 ? fresh : shown));
  }, [skew]);
  useEffect(() => {
    refresh();
    const timer = setInterval(refresh, 60_000);
    return () => clearInterval(timer);
  }, [refresh]);

  const clock = useMemo(() => ({ now, refresh }), [now, refresh]);
  return <NowContext value={clock}>{children}</NowContext>;
}

const RemoteAheadContext = createContext(0);

/** Below it, what another machine dated is measured by that machine's clock, so many milliseconds ahead of ours. */
export function RemoteClockProvider({ aheadMs, children }: { aheadMs: number; children: ReactNode }) {
  return <RemoteAheadContext value={aheadMs}>{children}</RemoteAheadContext>;
}

/** As `useNow`, by the other machine's clock. */
export function useRemoteNow(): number {
  return useNow() + useContext(RemoteAheadContext);
}

/** Milliseconds since 1970, moving once a minute; brought up to date when the caller appears. */
export function useNow(): number {
  const clock = useContext(NowContext);
  if (!clock) throw new Error("useNow needs a NowProvider above it");
  const { now, refresh } = clock;
  useEffect(refresh, [refresh]);
  return now;
}
