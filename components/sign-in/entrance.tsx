import type { ReactNode } from "react";
import { Brand } from "@/components/layout/brand";

/** The frame of the pages that stand before the console: one narrow column, one thing to do. */
export function Entrance({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main id="main" className="mx-auto grid min-h-dvh w-full max-w-md content-center gap-6 px-6 py-12">
      <div>
        <Brand />
        <h1 className="mt-4 text-balance font-semibold text-xl">{title}</h1>
      </div>
      {children}
    </main>
  );
}
