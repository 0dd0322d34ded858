import { Badge } from "@/components/ui/badge";

/** Tags beside each other; those beyond `max` are counted and named on hover. */
export function TagList({ tags, max = tags.length }: { tags: readonly string[]; max?: number }) {
  const rest = tags.slice(max);
  return (
    <span className="flex flex-wrap items-center gap-1">
      {tags.slice(0, max).map((tag) => (
        <Badge key={tag} icon={null}>
          {tag}
        </Badge>
      ))}
      {rest.length > 0 ? (
        <span className="text-ink-muted text-xs" title={rest.join(", ")}>
          and {rest.length} more
        </span>
      ) : null}
    </span>
  );
}
