import { cx } from "./cx";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "sm" | "md" | "lg";
export type ButtonLook = {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  square?: boolean | undefined;
  className?: string | undefined;
};

const base =
  "inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium no-underline transition-colors [&_svg]:size-4 [&_svg]:shrink-0";

const variants: Record<ButtonVariant, string> = {
  primary:
    "border-transparent bg-accent-fill text-on-accent [&:not([aria-disabled=true],:disabled)]:hover:bg-accent-fill-hover",
  secondary:
    "border-line-strong/60 bg-surface text-ink [&:not([aria-disabled=true],:disabled)]:hover:bg-hover data-popup-open:bg-hover",
  ghost:
    "border-transparent bg-transparent text-ink [&:not([aria-disabled=true],:disabled)]:hover:bg-hover data-popup-open:bg-hover",
  danger:
    "border-transparent bg-danger-fill text-on-danger [&:not([aria-disabled=true],:disabled)]:hover:bg-danger-fill-hover",
};

const disabled =
  "aria-disabled:cursor-not-allowed aria-disabled:border-line aria-disabled:bg-sunken aria-disabled:text-ink-disabled disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-ink-disabled";

const heights: Record<ButtonSize, string> = { sm: "h-7 text-sm", md: "h-8 text-base", lg: "h-9 text-base" };
const paddings: Record<ButtonSize, string> = { sm: "px-2", md: "px-3", lg: "px-4" };
const squares: Record<ButtonSize, string> = { sm: "w-7", md: "w-8", lg: "w-9" };

/** The classes of a button, for links and triggers that have to look like one. */
export function buttonStyle({
  variant = "secondary",
  size = "md",
  square = false,
  className,
}: ButtonLook = {}): string {
  return cx(base, variants[variant], disabled, heights[size], square ? squares[size] : paddings[size], className);
}
