"use client";

import { Menu as MenuIcon } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Drawer } from "@/components/ui/drawer";
import { type NavigationSection, SideNavigation } from "./side-navigation";

type MobileNavigationProps = {
  sections: readonly NavigationSection[];
  /** Below the links: what the header has no room for. */
  footer?: ReactNode;
};

export function MobileNavigation({ sections, footer }: MobileNavigationProps) {
  const [open, setOpen] = useState(false);
  const trigger = (
    <Button variant="ghost" size="lg" square aria-label="Open navigation" icon={<MenuIcon aria-hidden />} />
  );
  return (
    <Drawer open={open} onOpenChange={setOpen} title="Keywarden" trigger={trigger}>
      <div className="grid gap-4 px-2 pb-4">
        <SideNavigation sections={sections} onNavigate={() => setOpen(false)} />
        {footer ? <div className="border-line border-t pt-3">{footer}</div> : null}
      </div>
    </Drawer>
  );
}
