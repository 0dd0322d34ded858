import type { ComponentProps, KeyboardEvent, ReactNode, Ref } from "react";
import { cx } from "./cx";

type TableProps = {
  /** Names the table and the region that scrolls. */
  label: string;
  children: ReactNode;
  /** Give the frame a height (max-h-…) and its head stays while the rows scroll. */
  className?: string;
  /** Of all rows, where not all are drawn. */
  rowCount?: number;
  /** The element that scrolls, for VirtualRows. */
  ref?: Ref<HTMLDivElement>;
  /** For keys that move between rows. */
  onKeyDown?: (event: KeyboardEvent) => void;
};

export function Table({ label, children, className, rowCount, ref, onKeyDown }: TableProps) {
  return (
    <section
      ref={ref}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: wide tables have to be scrolled without a mouse
      tabIndex={0}
      onKeyDown={onKeyDown}
      className={cx("relative overflow-auto rounded-lg border border-line bg-surface -outline-offset-2", className)}
    >
      <table aria-label={label} aria-rowcount={rowCount} className="w-full border-separate border-spacing-0">
        {children}
      </table>
    </section>
  );
}

export function TableHead({ children }: { children: ReactNode }) {
  return <thead className="sticky top-0 z-10">{children}</thead>;
}

const headerStyle = "h-9 whitespace-nowrap border-line border-b bg-sunken px-3 font-medium text-ink-muted text-sm";

type CellProps = {
  /** Numbers and row actions stand at the end. */
  align?: "start" | "end" | undefined;
};

export function HeaderCell({ align = "start", className, ...rest }: Omit<ComponentProps<"th">, "align"> & CellProps) {
  return (
    <th scope="col" {...rest} className={cx(headerStyle, align === "end" ? "text-right" : "text-left", className)} />
  );
}

export function TableRow({ selected, className, ...rest }: ComponentProps<"tr"> & { selected?: boolean }) {
  return (
    <tr
      {...rest}
      data-selected={selected || undefined}
      className={cx("group h-9 hover:bg-hover focus-visible:-outline-offset-2 data-selected:bg-selected", className)}
    />
  );
}

export function Cell({ align = "start", className, ...rest }: Omit<ComponentProps<"td">, "align"> & CellProps) {
  return (
    <td
      {...rest}
      className={cx(
        "h-9 whitespace-nowrap border-line border-b px-3 group-last:border-b-0",
        align === "end" ? "text-right" : "text-left",
        className,
      )}
    />
  );
}
