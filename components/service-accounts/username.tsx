import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";

type UsernameProps = { name: string; suffix: string; children?: ReactNode; copy?: boolean };

/** What people call the account, with the rest of the login name quiet beside it; copying takes the whole. */
export function Username({ name, suffix, children, copy = false }: UsernameProps) {
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <span className="min-w-0 truncate" dir="auto" title={name + suffix}>
        {children ?? <span className="font-medium">{name}</span>}
        {suffix ? <span className="font-mono text-ink-muted text-xs">{suffix}</span> : null}
      </span>
      {copy ? <CopyButton text={name + suffix} label="Copy username" iconOnly size="sm" /> : null}
    </span>
  );
}
