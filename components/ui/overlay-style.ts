export const backdropStyle =
  "fixed inset-0 z-40 min-h-dvh bg-overlay transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0 supports-[-webkit-touch-callout:none]:absolute";

export type DialogSize = "sm" | "md" | "lg";
export const dialogWidths: Record<DialogSize, string> = { sm: "sm:w-105", md: "sm:w-140", lg: "sm:w-200" };

/** Centred on a desk, at the lower edge of a phone, never higher than what can be seen. */
export const dialogStyle =
  "fixed inset-x-0 bottom-0 z-40 flex max-h-[92dvh] flex-col rounded-t-lg border border-line bg-raised text-ink shadow-raised outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0 sm:inset-auto sm:top-1/2 sm:left-1/2 sm:max-h-[86dvh] sm:max-w-[calc(100vw-3rem)] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-lg";
