import type { ReactNode } from "react";
import { cx } from "./cx";

export type Definition = { term: string; value: ReactNode; hint?: ReactNode };

/** Facts about one thing; null values should be said in words by the caller. */
export function DefinitionList({ items, columns = 1 }: { items: readonly Definition[]; columns?: 1 | 2 | 3 }) {
  return (
    <dl className={cx("grid gap-x-8 gap-y-3", columns >= 2 && "sm:grid-cols-2", columns === 3 && "xl:grid-cols-3")}>
      {items.map(({ term, value, hint }) => (
        <div key={term} className="min-w-0">
          <dt className="text-ink-muted text-sm">{term}</dt>
          <dd className="break-words">
            {value}
            {hint ? <span className="block text-ink-muted text-sm">{hint}</span> : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
