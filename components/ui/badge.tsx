import type { ReactNode } from "react";
import { cx } from "./cx";
import { type Tone, toneBox, toneIcons, toneText } from "./tone";

type BadgeProps = {
  children: ReactNode;
  tone?: Tone;
  /** Replaces the icon of the tone; null takes it away. */
  icon?: ReactNode;
  className?: string;
};

export function Badge({ children, tone = "neutral", icon = toneIcons[tone], className }: BadgeProps) {
  return (
    <span
      className={cx(
        "inline-flex h-5 max-w-full items-center gap-1 whitespace-nowrap rounded-sm border px-1.5 font-medium text-xs [&_svg]:size-3 [&_svg]:shrink-0",
        toneBox[tone],
        toneText[tone],
        className,
      )}
    >
      {icon}
      {children}
    </span>
  );
}
