import Link from "next/link";
import type { ComponentProps } from "react";
import { cx } from "./cx";

export function TextLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      {...rest}
      className={cx(
        "rounded-sm text-accent underline decoration-accent-line underline-offset-3 hover:decoration-current",
        className,
      )}
    />
  );
}
