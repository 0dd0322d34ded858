import { Inbox, Lock, SearchX } from "lucide-react";
import type { ReactNode } from "react";

export type EmptyKind = "none-yet" | "no-match" | "not-allowed";

type EmptyStateProps = {
  kind: EmptyKind;
  title: ReactNode;
  /** What to do; for "not-allowed", who can. */
  children?: ReactNode;
  action?: ReactNode;
  icon?: ReactNode;
  /** It stands for the whole page, so its title is the page's heading. */
  page?: boolean;
};

const icons: Record<EmptyKind, ReactNode> = {
  "none-yet": <Inbox aria-hidden />,
  "no-match": <SearchX aria-hidden />,
  "not-allowed": <Lock aria-hidden />,
};

export function EmptyState({ kind, title, children, action, icon = icons[kind], page }: EmptyStateProps) {
  const Title = page ? "h1" : "p";
  return (
    <div data-kind={kind} className="mx-auto flex max-w-md flex-col items-center px-4 py-12 text-center">
      <span className="mb-3 flex size-10 items-center justify-center rounded-lg border border-line bg-sunken text-ink-muted [&_svg]:size-5">
        {icon}
      </span>
      <Title className="text-balance font-semibold text-lg">{title}</Title>
      {children ? <div className="mt-1 text-pretty text-ink-muted">{children}</div> : null}
      {action ? <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
