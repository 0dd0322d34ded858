import { z } from "zod";
import { writableRoleSchema } from "./role";

/** Strongest first. */
export const severities = ["critical", "warning", "notice"] as const;
export const severitySchema = z.enum(severities);
export type Severity = z.infer<typeof severitySchema>;

export const annotationFields = ["owner", "contact", "purpose", "ticket"] as const;
const days = (min = 1, max = 3_650) =>
  z
    .number("A whole number.")
    .int("A whole number.")
    .min(min, `At least ${min}.`)
    .max(max, `At most ${max.toLocaleString("en")}.`);
const names = z.array(z.string().trim().min(1).max(254)).max(500);

function isPattern(source: string): boolean {
  try {
    new RegExp(source, "u");
    return true;
  } catch {
    return false;
  }
}

/** A form of names with what it is for; an account's name has to match one of them whole. */
export const namePatternSchema = z.object({
  purpose: z.string().trim().min(1, "What it is for.").max(80),
  pattern: z.string().min(1, "A regular expression.").max(200).refine(isPattern, "Not a regular expression."),
  example: z.string().trim().min(1, "A name that fits.").max(64),
});

function rule<Shape extends z.ZodRawShape>(enabled: boolean, severity: Severity, shape: Shape) {
  return z.object({ enabled: z.boolean().default(enabled), severity: severitySchema.default(severity), ...shape });
}

/** Each rule with whether it counts, how much, and its own numbers. Mixpanel's advice is where the defaults come from:
 * https://docs.mixpanel.com/docs/orgs-and-projects/managing-service-accounts */
export const policyRulesSchema = z.object({
  expiry_required: rule(true, "critical", {}).prefault({}),
  longest_lifetime: rule(true, "warning", { days: days().default(365) }).prefault({}),
  expires_soon: rule(true, "critical", { days: days().default(30) }).prefault({}),
  expired: rule(true, "critical", {}).prefault({}),
  rotation_age: rule(true, "warning", { days: days().default(180) }).prefault({}),
  name_pattern: rule(false, "notice", { patterns: z.array(namePatternSchema).max(50).default([]) }).prefault({}),
  highest_role: rule(true, "warning", {
    role: writableRoleSchema.default("analyst"),
    /** Names that may hold more. */
    exceptions: names.default([]),
  }).prefault({}),
  strong_role_reason: rule(true, "critical", {}).prefault({}),
  no_project: rule(true, "notice", {}).prefault({}),
  too_many_projects: rule(true, "warning", { count: days(1, 10_000).default(10) }).prefault({}),
  never_used: rule(true, "notice", { days: days().default(30) }).prefault({}),
  silent: rule(true, "notice", {
    /** For accounts whose rhythm is not known yet. */
    fallbackDays: days().default(90),
  }).prefault({}),
  creator_gone: rule(true, "warning", {
    /** E-mail addresses of people who have left. */
    emails: names.default([]),
  }).prefault({}),
  annotated: rule(true, "notice", {
    fields: z.array(z.enum(annotationFields)).min(1, "At least one of them.").default(["owner", "contact", "purpose"]),
  }).prefault({}),
});
export const ruleIdSchema = policyRulesSchema.keyof();
export const ruleIds = ruleIdSchema.options;
export type RuleId = z.infer<typeof ruleIdSchema>;

/** What an organization asks of its service accounts, and how rotations of them go. */
export const policySchema = z.object({
  rules: policyRulesSchema.prefault({}),
  /** Days before an expiry at which its owner is warned, once each. */
  warningDays: z
    .array(days(0, 365))
    .min(1, "At least one day.")
    .max(10, "At most 10 days.")
    .transform((thresholds) => [...new Set(thresholds)].sort((left, right) => right - left))
    .default([90, 30, 7, 1]),
  rotation: z
    .object({
      /** Lifetime of a replacement. */
      lifetimeDays: days(1, 3_650).default(90),
      /** How long both accounts work side by side. */
      overlapDays: days(0, 90).default(7),
      /** What owners need, where an account says nothing else. */
      leadTimeDays: days(0, 365).default(14),
      /** How long a predecessor without a known rhythm has to be silent before it may go. */
      quietDays: days(1, 365).default(7),
    })
    .prefault({}),
});
export type Policy = z.infer<typeof policySchema>;

export const defaultPolicy: Policy = policySchema.parse({});
