import type { ReactNode } from "react";
import { ConsoleFrame } from "@/components/console/console-frame";
import { requireOperator } from "@/lib/auth/require-operator";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const operator = await requireOperator();
  return <ConsoleFrame operator={operator}>{children}</ConsoleFrame>;
}
