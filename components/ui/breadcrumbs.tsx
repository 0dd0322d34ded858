import Link from "next/link";

export type Breadcrumb = { label: string; href: string };

/** The way up from this page; the page itself is its heading, not a crumb. */
export function Breadcrumbs({ items }: { items: readonly Breadcrumb[] }) {
  return (
    <nav aria-label="Breadcrumbs">
      <ol className="flex flex-wrap items-center gap-x-1.5 text-ink-muted text-sm">
        {items.map((item) => (
          <li key={item.href} className="inline-flex items-center gap-1.5">
            <Link
              href={item.href}
              className="inline-flex min-h-6 items-center rounded-sm hover:text-ink hover:underline"
            >
              {item.label}
            </Link>
            <span aria-hidden>/</span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
