import type { ReactNode } from "react";
import { OverlayHost, OverlayProvider } from "@/components/ui/overlay-host";
import { Brand } from "./brand";
import { MobileNavigation } from "./mobile-navigation";
import { type NavigationSection, SideNavigation } from "./side-navigation";
import { MAIN_ID, SkipLink } from "./skip-link";
import { ThemeToggle } from "./theme-toggle";

type AppShellProps = {
  navigation: readonly NavigationSection[];
  /** Where the name of the product leads. */
  home: string;
  organizationSwitcher?: ReactNode;
  search?: ReactNode;
  help?: ReactNode;
  operatorMenu?: ReactNode;
  /** Above the content, edge to edge: read-only mode, a rejected credential. */
  banner?: ReactNode;
  children: ReactNode;
};

export function AppShell(props: AppShellProps) {
  const { navigation, home, organizationSwitcher, search, help, operatorMenu, banner, children } = props;
  return (
    <OverlayProvider>
      <div className="flex min-h-dvh">
        <SkipLink />
        <aside className="sticky top-0 hidden h-dvh w-56 shrink-0 flex-col border-line border-r bg-surface lg:flex">
          <div className="flex h-14 items-center px-4">
            <Brand href={home} />
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-2 py-2">
            <SideNavigation sections={navigation} />
          </div>
        </aside>
        <div className="flex min-w-0 flex-1 flex-col">
          <header className="sticky top-0 z-20 flex h-14 items-center gap-1 border-line border-b bg-surface px-2 sm:gap-2 lg:px-6">
            <div className="lg:hidden">
              <MobileNavigation sections={navigation} footer={<ThemeToggle labelled />} />
            </div>
            <div className="min-w-0 flex-1">{organizationSwitcher}</div>
            {search}
            {help}
            <div className="hidden lg:block">
              <ThemeToggle />
            </div>
            {operatorMenu}
          </header>
          <main id={MAIN_ID} tabIndex={-1} className="flex-1 outline-none">
            {banner}
            <div className="mx-auto w-full max-w-400 px-4 py-5 lg:px-6">{children}</div>
            <OverlayHost />
          </main>
        </div>
      </div>
    </OverlayProvider>
  );
}
