import type { UseFormReturn } from "react-hook-form";
import type { z } from "zod";
import type { Policy, policySchema, RuleId } from "@/lib/domain/policy";

export type PolicyValues = z.input<typeof policySchema>;
export type PolicyForm = UseFormReturn<PolicyValues, unknown, Policy>;

export type NumberPath =
  | "rules.longest_lifetime.days"
  | "rules.expires_soon.days"
  | "rules.rotation_age.days"
  | "rules.too_many_projects.count"
  | "rules.never_used.days"
  | "rules.silent.fallbackDays"
  | "rotation.lifetimeDays"
  | "rotation.overlapDays"
  | "rotation.leadTimeDays"
  | "rotation.quietDays";
export type LinesPath = "rules.highest_role.exceptions" | "rules.creator_gone.emails";

/** The number that a rule asks for, where it asks for one. */
export const ruleNumbers: Partial<Record<RuleId, { path: NumberPath; label: string }>> = {
  longest_lifetime: { path: "rules.longest_lifetime.days", label: "Days" },
  expires_soon: { path: "rules.expires_soon.days", label: "Days" },
  rotation_age: { path: "rules.rotation_age.days", label: "Days" },
  too_many_projects: { path: "rules.too_many_projects.count", label: "Projects" },
  never_used: { path: "rules.never_used.days", label: "Days" },
  silent: { path: "rules.silent.fallbackDays", label: "Days without a known rhythm" },
};

/** Text of one entry a line, or between commas, as a list without what is empty or said twice. */
export function entriesOf(text: string): string[] {
  return [...new Set(text.split(/[\n,]/).map((entry) => entry.trim()))].filter(Boolean);
}

/** The first message of a field's error, whether it is about the field or about one of its entries. */
export function firstMessage(error: unknown): string | undefined {
  if (Array.isArray(error)) return error.map(firstMessage).find(Boolean);
  if (typeof error !== "object" || error === null) return undefined;
  if ("message" in error && typeof error.message === "string") return error.message;
  return "root" in error ? firstMessage(error.root) : undefined;
}
