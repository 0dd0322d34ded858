"use client";

import { useEffect, useState } from "react";
import { useNow } from "@/components/ui/now-provider";

/** Whether an instant has come, to the second; null has never to be waited for. */
export function useDue(at: string | null): boolean {
  const now = useNow();
  const left = at === null ? 0 : Date.parse(at) - now;
  const [reached, setReached] = useState<string | null>(null);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setReached(at), left);
    return () => clearTimeout(timer);
  }, [at, left]);
  return left <= 0 || reached === at;
}
