"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Operator } from "@/lib/domain/operator";

const OperatorContext = createContext<Operator | null>(null);

/** Who is signed in, for what a screen offers; what is allowed is decided on the server. */
export function OperatorProvider({ operator, children }: { operator: Operator; children: ReactNode }) {
  return <OperatorContext value={operator}>{children}</OperatorContext>;
}

/** Throws outside a signed-in page. */
export function useOperator(): Operator {
  const operator = useContext(OperatorContext);
  if (!operator) throw new Error("useOperator needs an OperatorProvider above it");
  return operator;
}
