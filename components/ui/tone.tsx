import { CircleCheck, Infinity as InfinityIcon, Info, OctagonAlert, OctagonX, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

/** `accent` is good news; `neutral` says nothing; the rest is the status ladder. */
export type Tone = "neutral" | "accent" | "error" | "critical" | "warning" | "notice" | "quiet" | "never";

/** Colour never speaks alone: each tone that means something has its shape. */
export const toneIcons: Record<Tone, ReactNode> = {
  neutral: null,
  accent: <CircleCheck aria-hidden />,
  error: <OctagonX aria-hidden />,
  critical: <OctagonAlert aria-hidden />,
  warning: <TriangleAlert aria-hidden />,
  notice: <Info aria-hidden />,
  quiet: null,
  never: <InfinityIcon aria-hidden />,
};

export const toneText: Record<Tone, string> = {
  neutral: "text-ink",
  accent: "text-accent",
  error: "text-error",
  critical: "text-critical",
  warning: "text-warning",
  notice: "text-notice",
  quiet: "text-quiet",
  never: "text-never",
};

export const toneBox: Record<Tone, string> = {
  neutral: "border-line bg-quiet-soft",
  accent: "border-accent-line bg-accent-soft",
  error: "border-error-line bg-error-soft",
  critical: "border-critical-line bg-critical-soft",
  warning: "border-warning-line bg-warning-soft",
  notice: "border-notice-line bg-notice-soft",
  quiet: "border-line bg-transparent",
  never: "border-never-line bg-never-soft",
};
