import type { ReactNode } from "react";
import { type Breadcrumb, Breadcrumbs } from "./breadcrumbs";

type PageHeaderProps = {
  title: ReactNode;
  /** Beside the title: badges. */
  badges?: ReactNode;
  /** Quiet, below the title: a username, how old the data is. */
  description?: ReactNode;
  actions?: ReactNode;
  breadcrumbs?: readonly Breadcrumb[];
};

export function PageHeader({ title, badges, description, actions, breadcrumbs }: PageHeaderProps) {
  return (
    <header className="mb-5 grid grid-cols-1 gap-1">
      {breadcrumbs?.length ? <Breadcrumbs items={breadcrumbs} /> : null}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 wrap-anywhere font-semibold text-xl tracking-tight">{title}</h1>
            {badges}
          </div>
          {description ? <div className="mt-0.5 break-words text-ink-muted">{description}</div> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
    </header>
  );
}
