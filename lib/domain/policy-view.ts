import { z } from "zod";
import { policySchema, ruleIdSchema } from "./policy";
import { instantSchema } from "./service-account";

/** Where a policy stands: in a file for every organization, on the policy page, or nowhere yet. */
export const policySources = ["file", "page", "defaults"] as const;
export type PolicySource = (typeof policySources)[number];

export const policyViewSchema = z.object({
  policy: policySchema,
  /** Counts the changes; whoever saves says which one they have seen. */
  version: z.number().int(),
  updatedBy: z.string().nullable(),
  updatedAt: instantSchema.nullable(),
  source: z.enum(policySources),
});
export type PolicyView = z.infer<typeof policyViewSchema>;

export const changePolicyInputSchema = z.object({ policy: policySchema, version: z.number().int().min(0) });
export type ChangePolicyInput = z.infer<typeof changePolicyInputSchema>;

export const dryRunInputSchema = z.object({ policy: policySchema });
export type DryRunInput = z.infer<typeof dryRunInputSchema>;

const count = z.number().int();
const namesSchema = z.array(z.string());
/** What a changed policy would find, compared with what the policy in force finds now; the names are the first few. */
export const dryRunAnswerSchema = z.object({
  accounts: count,
  rules: z.array(
    z.object({
      rule: ruleIdSchema,
      before: count,
      after: count,
      found: count,
      foundNames: namesSchema,
      resolved: count,
      resolvedNames: namesSchema,
      /** Found before and after, but with another severity. */
      reweighed: count,
    }),
  ),
});
export type DryRunAnswer = z.infer<typeof dryRunAnswerSchema>;
