"use client";

import { type Driver, driver } from "driver.js";
import { usePathname, useRouter } from "next/navigation";
import { useEffect } from "react";
import type { WalkthroughStep } from "./steps";
import { waitForMark } from "./wait-for-mark";

type WalkthroughDriver = {
  steps: WalkthroughStep[];
  /** The step to show; null shows nothing. */
  index: number | null;
  organizationKey: string;
  goTo: (index: number) => void;
  leave: () => void;
  finish: () => void;
};

/** Shows one step over the real screen: goes to its page, waits for its mark, points at it. */
export function useWalkthroughDriver({ steps, index, organizationKey, goTo, leave, finish }: WalkthroughDriver) {
  const router = useRouter();
  const pathname = usePathname();
  const step = index === null ? undefined : steps[index];

  useEffect(() => {
    if (!step || index === null) return;
    const page = step.page(organizationKey);
    if (pathname !== page) {
      router.push(page);
      return;
    }
    const gone = new AbortController();
    let shown: Driver | null = null;
    const last = index === steps.length - 1;
    waitForMark(step.mark, gone.signal).then((element) => {
      if (gone.signal.aborted) return;
      shown = driver({
        animate: !matchMedia("(prefers-reduced-motion: reduce)").matches,
        duration: 140,
        overlayOpacity: 0.55,
        stagePadding: 6,
        stageRadius: 6,
        allowKeyboardControl: false,
        onDestroyStarted: leave,
      });
      shown.highlight({
        ...(element ? { element } : {}),
        popover: {
          title: step.title,
          description: step.text,
          showButtons: index === 0 ? ["next", "close"] : ["next", "previous", "close"],
          showProgress: true,
          progressText: `${index + 1} of ${steps.length}`,
          nextBtnText: last ? "Done" : "Next",
          prevBtnText: "Back",
          onNextClick: () => (last ? finish() : goTo(index + 1)),
          onPrevClick: () => goTo(index - 1),
          onCloseClick: leave,
        },
      });
    });
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && leave();
    document.addEventListener("keydown", onKey);
    return () => {
      gone.abort();
      document.removeEventListener("keydown", onKey);
      shown?.destroy();
    };
  }, [step, index, steps.length, organizationKey, pathname, router, goTo, leave, finish]);
}
