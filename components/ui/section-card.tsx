import { type ReactNode, useId } from "react";
import { cx } from "./cx";

type SectionCardProps = {
  title?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** False for tables and lists that reach the edges. */
  padded?: boolean;
  headingLevel?: 2 | 3;
  className?: string;
};

export function SectionCard(props: SectionCardProps) {
  const { title, description, actions, children, padded = true, headingLevel = 2, className } = props;
  const titleId = useId();
  const Heading = headingLevel === 2 ? "h2" : "h3";
  return (
    <section
      aria-labelledby={title ? titleId : undefined}
      className={cx("overflow-hidden rounded-lg border border-line bg-surface", className)}
    >
      {title || actions ? (
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-line border-b px-4 py-2.5">
          <div className="min-w-0">
            <Heading id={titleId} className="font-semibold">
              {title}
            </Heading>
            {description ? <p className="text-pretty text-ink-muted text-sm">{description}</p> : null}
          </div>
          {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
        </div>
      ) : null}
      <div className={padded ? "p-4" : undefined}>{children}</div>
    </section>
  );
}
