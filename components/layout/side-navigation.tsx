"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { isActive } from "./is-active";

export type NavigationItem = {
  href: string;
  label: string;
  icon: ReactNode;
  /** A count or a badge at the end of the line. */
  trailing?: ReactNode;
  /** True where pages below the address have their own item. */
  exact?: boolean;
};

export type NavigationSection = { label?: string; items: readonly NavigationItem[] };

type SideNavigationProps = { sections: readonly NavigationSection[]; onNavigate?: () => void };

export function SideNavigation({ sections, onNavigate }: SideNavigationProps) {
  const pathname = usePathname();
  return (
    <nav aria-label="Main" className="grid gap-4">
      {sections.map((section) => (
        <div key={section.label ?? section.items[0]?.href}>
          {section.label ? <p className="px-2 pb-1 text-ink-muted text-xs">{section.label}</p> : null}
          <ul className="grid gap-0.5">
            {section.items.map((item) => {
              const active = isActive(pathname, item);
              return (
                <li key={item.href}>
                  <Link
                    href={item.href}
                    onClick={onNavigate}
                    aria-current={active ? "page" : undefined}
                    className={cx(
                      "flex h-8 items-center gap-2 rounded-md px-2 pointer-coarse:h-10 [&_svg]:size-4 [&_svg]:shrink-0",
                      active
                        ? "bg-accent-soft font-medium text-accent"
                        : "text-ink-muted hover:bg-hover hover:text-ink",
                    )}
                  >
                    {item.icon}
                    <span className="min-w-0 flex-1 truncate">{item.label}</span>
                    {item.trailing}
                  </Link>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </nav>
  );
}
