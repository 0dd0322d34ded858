import { z } from "zod";
import { fixKindSchema } from "./finding";
import { pageSizes } from "./list-query";
import { ruleIdSchema, severities, severitySchema } from "./policy";
import { instantSchema } from "./service-account";

export const findingGroups = ["severity", "owner"] as const;
export const findingStates = ["open", "accepted"] as const;

const list = <T extends z.ZodType>(item: T) =>
  z
    .preprocess(
      (value) => (typeof value === "string" ? value.split(",").filter(Boolean) : value),
      z.array(item).max(50),
    )
    .default([]);

/** The address of a list of findings: page, export and API read the same parameters. */
export const findingQuerySchema = z.object({
  search: z.string().trim().max(200).default(""),
  severity: list(z.enum(severities)),
  rule: list(ruleIdSchema),
  /** The owner's exact name; `unowned` asks for accounts without one. */
  owner: z.string().trim().max(120).optional(),
  unowned: z.enum(["yes"]).optional(),
  account: z.coerce.number().int().positive().optional(),
  state: z.enum(findingStates).default("open"),
  group: z.enum(findingGroups).default("severity"),
  page: z.coerce.number().int().min(1).default(1),
  size: z.coerce
    .number()
    .int()
    .refine((size) => (pageSizes as readonly number[]).includes(size))
    .default(50),
});
export type FindingQuery = z.infer<typeof findingQuerySchema>;

export const acceptanceSchema = z.object({
  reason: z.string(),
  byName: z.string(),
  at: instantSchema,
  until: instantSchema,
});

export const findingRowSchema = z.object({
  accountId: z.number().int(),
  accountName: z.string(),
  /** Whether it is the console's own credential. */
  own: z.boolean(),
  owner: z.string().nullable(),
  rule: ruleIdSchema,
  severity: severitySchema,
  sentence: z.string(),
  fix: fixKindSchema,
  since: instantSchema,
  acceptance: acceptanceSchema.nullable(),
});
export type FindingRow = z.infer<typeof findingRowSchema>;

export const findingPageSchema = z.object({
  rows: z.array(findingRowSchema),
  /** How many pass the filter. */
  total: z.number().int(),
  /** How many there are without any filter, for the counts beside the filters. */
  open: z.object({ critical: z.number().int(), warning: z.number().int(), notice: z.number().int() }),
  accepted: z.number().int(),
  /** Rules that anything departs from, and how often. */
  rules: z.array(z.object({ rule: ruleIdSchema, open: z.number().int(), accepted: z.number().int() })),
  /** Owners with open findings, the most first; null: nobody. */
  owners: z.array(z.object({ owner: z.string().nullable(), open: z.number().int() })),
  /** When everything was last judged; null: not yet. */
  judgedAt: instantSchema.nullable(),
});
export type FindingPage = z.infer<typeof findingPageSchema>;

const findingRef = { accountId: z.number().int().positive(), rule: ruleIdSchema };
export const LONGEST_ACCEPTANCE_DAYS = 365;

export const acceptInputSchema = z.object({
  ...findingRef,
  reason: z.string().trim().min(3, "Say why, so that the next reader understands.").max(500, "At most 500 characters."),
  /** The last UTC day on which it counts. */
  until: z.iso.date("A date, for example 2027-03-31."),
});
export type AcceptInput = z.infer<typeof acceptInputSchema>;

export const withdrawInputSchema = z.object(findingRef);
export type WithdrawInput = z.infer<typeof withdrawInputSchema>;

export const acceptanceAnswerSchema = z.object({ ...findingRef, acceptance: acceptanceSchema.nullable() });
export type AcceptanceAnswer = z.infer<typeof acceptanceAnswerSchema>;
