"use client";

import { ChevronsUpDown } from "lucide-react";
import { useRouter } from "next/navigation";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { MenuRadioGroup } from "@/components/ui/menu-item";
import type { OrganizationView } from "@/lib/domain/inventory-view";
import { pages } from "@/lib/paths/paths";

type OrganizationSwitcherProps = { organizations: readonly OrganizationView[]; current: string | null };

/** Which organization the page is about; choosing another goes to its overview. */
export function OrganizationSwitcher({ organizations, current }: OrganizationSwitcherProps) {
  const router = useRouter();
  const chosen = organizations.find(({ key }) => key === current);
  if (organizations.length === 0) return null;
  return (
    <Menu
      trigger={
        <Button variant="ghost" className="max-w-full" aria-label={`Organization: ${chosen?.name ?? "choose one"}`}>
          <span className="truncate font-medium">{chosen?.name ?? "Choose an organization"}</span>
          {chosen ? (
            <Badge icon={null} className="hidden sm:inline-flex">
              {chosen.region.toUpperCase()}
            </Badge>
          ) : null}
          <ChevronsUpDown aria-hidden />
        </Button>
      }
    >
      <MenuRadioGroup
        value={current ?? undefined}
        onValueChange={(key) => router.push(pages.overview(key))}
        options={organizations.map(({ key, name, region }) => ({
          value: key,
          label: (
            <span className="flex items-center justify-between gap-3">
              <span className="truncate">{name}</span>
              <span className="text-ink-muted text-xs">{region.toUpperCase()}</span>
            </span>
          ),
        }))}
      />
    </Menu>
  );
}
