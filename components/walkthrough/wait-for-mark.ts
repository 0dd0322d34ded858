const PATIENCE_MS = 5_000;

/**
 * The element a step points at, once it is drawn and visible. Null when it does not come in five seconds, for instance
 * on an empty organization: the step is then told without pointing.
 */
export function waitForMark(mark: string, signal: AbortSignal): Promise<Element | null> {
  const find = () =>
    [...document.querySelectorAll(`[data-tour="${mark}"]`)].find((element) => element.getClientRects().length > 0) ??
    null;
  return new Promise((resolve) => {
    const settle = (element: Element | null) => {
      observer.disconnect();
      clearTimeout(patience);
      resolve(element);
    };
    const observer = new MutationObserver(() => {
      const element = find();
      if (element) settle(element);
    });
    const patience = setTimeout(() => settle(null), PATIENCE_MS);
    signal.addEventListener("abort", () => settle(null), { once: true });
    const present = find();
    if (present) settle(present);
    else observer.observe(document.body, { childList: true, subtree: true });
  });
}
