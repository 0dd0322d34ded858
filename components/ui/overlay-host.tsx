"use client";

import { createContext, type ReactNode, useContext, useState } from "react";

type Host = { element: HTMLElement | null; setElement: (element: HTMLElement | null) => void };
const HostContext = createContext<Host | null>(null);

/** Around a page: lets menus and lists open inside its main landmark instead of at the end of the body. */
export function OverlayProvider({ children }: { children: ReactNode }) {
  const [element, setElement] = useState<HTMLElement | null>(null);
  return <HostContext value={{ element, setElement }}>{children}</HostContext>;
}

/** Where they open. */
export function OverlayHost() {
  const host = useContext(HostContext);
  return <div ref={host?.setElement} />;
}

/** Around the content of a dialog: what opens there stays there. */
export function OverlayBoundary({ children }: { children: ReactNode }) {
  return <HostContext value={null}>{children}</HostContext>;
}

/** The `container` of a portal. */
export function useOverlayContainer(): HTMLElement | undefined {
  return useContext(HostContext)?.element ?? undefined;
}
