import { Badge } from "@/components/ui/badge";
import { cx } from "@/components/ui/cx";

/** Tags beside each other; with `max` in one line, those beyond it counted and named on hover. */
export function TagList({ tags, max }: { tags: readonly string[]; max?: number }) {
  const rest = max === undefined ? [] : tags.slice(max);
  return (
    <span className={cx("flex items-center gap-1", max === undefined && "flex-wrap")}>
      {tags.slice(0, max).map((tag) => (
        <Badge key={tag} icon={null}>
          {tag}
        </Badge>
      ))}
      {rest.length > 0 ? (
        <span className="whitespace-nowrap text-ink-muted text-xs" title={rest.join(", ")}>
          and {rest.length} more
        </span>
      ) : null}
    </span>
  );
}
