"use client";

import "driver.js/dist/driver.css";
import "./walkthrough.css";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { useOperator } from "@/components/operator/operator-provider";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { operatorQuery, saveTour } from "@/lib/api-client/operator";
import type { TourState } from "@/lib/domain/tour";
import { walkthroughSteps } from "./steps";
import { useWalkthroughDriver } from "./use-walkthrough-driver";

type Walkthrough = {
  /** Where it was left, to offer going on from there; null when there is nothing to resume. */
  resumeAt: number | null;
  steps: number;
  start: (step?: number) => void;
};
const WalkthroughContext = createContext<Walkthrough | null>(null);

export function useWalkthrough(): Walkthrough {
  const walkthrough = useContext(WalkthroughContext);
  if (!walkthrough) throw new Error("useWalkthrough needs a WalkthroughProvider above it");
  return walkthrough;
}

type WalkthroughProviderProps = {
  /** The organization whose screens it walks through; null while there is none. */
  organizationKey: string | null;
  children: ReactNode;
};

/** Offers the tour on the first day, runs it over the real screens and remembers where this operator stands. */
export function WalkthroughProvider({ organizationKey, children }: WalkthroughProviderProps) {
  const { role } = useOperator();
  const client = useQueryClient();
  const steps = useMemo(() => walkthroughSteps(role), [role]);
  const { data } = useQuery(operatorQuery());
  const [index, setIndex] = useState<number | null>(null);
  const tour = data?.tour ?? null;

  const { mutate: save } = useMutation({
    mutationFn: saveTour,
    onMutate: (next) =>
      client.setQueryData(operatorQuery().queryKey, (previous) => previous && { ...previous, tour: next }),
  });
  const go = useCallback(
    (status: TourState["status"], step: number, show: boolean) => {
      setIndex(show ? step : null);
      save({ status, step });
    },
    [save],
  );
  const goTo = useCallback((step: number) => go("in_progress", step, true), [go]);
  const leave = useCallback(() => go("left", index ?? 0, false), [go, index]);
  const finish = useCallback(() => go("finished", 0, false), [go]);
  useWalkthroughDriver({ steps, index, organizationKey: organizationKey ?? "", goTo, leave, finish });

  const paused = index === null && (tour?.status === "left" || tour?.status === "in_progress");
  const resumeAt = paused && tour && tour.step > 0 && tour.step < steps.length ? tour.step : null;
  const start = useCallback((step = 0) => goTo(step), [goTo]);
  const value = useMemo(() => ({ resumeAt, steps: steps.length, start }), [resumeAt, steps.length, start]);
  const offered = tour?.status === "not_offered" && organizationKey !== null && index === null;

  return (
    <WalkthroughContext value={value}>
      {children}
      <Dialog
        open={offered}
        onOpenChange={(open) => !open && go("declined", 0, false)}
        title="Welcome to Keywarden"
        description={`A look at the real screens in ${steps.length} steps, under two minutes. You can leave at any point and go on from the help menu.`}
        size="sm"
        footer={
          <>
            <Button onClick={() => go("declined", 0, false)}>Not now</Button>
            <Button variant="primary" onClick={() => start()}>
              Show me around
            </Button>
          </>
        }
      >
        Nothing you do during the tour changes anything at Mixpanel.
      </Dialog>
    </WalkthroughContext>
  );
}
