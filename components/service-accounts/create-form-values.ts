import { z } from "zod";
import { ACCOUNT_NAME_MAX, accountNameSchema, type CreateInput, createInputSchema } from "@/lib/domain/change";
import { defaultExpiryPreset, endOfUtcDay, expiryAfterDays, expiryProblem } from "@/lib/domain/expiry-preset";
import type { AccountDetail } from "@/lib/domain/inventory-view";
import { isRemovable } from "@/lib/domain/membership";
import { type OperatorRole, withinCeiling } from "@/lib/domain/operator";
import { isWritableRole, type WritableRole, writableRoleSchema } from "@/lib/domain/role";

export const expiryChoices = ["30", "60", "90", "180", "365", "date", "never"] as const;

/** What the create form holds: a choice of expiry instead of an instant, so that "90 days" stays 90 days until it is sent. */
export const createFormSchema = z
  .object({
    name: accountNameSchema,
    purpose: createInputSchema.shape.purpose.unwrap(),
    role: writableRoleSchema,
    expiry: z.enum(expiryChoices),
    date: z.string(),
    neverReason: z.string().trim().max(500),
    projects: z.array(z.object({ id: z.number().int().positive(), role: writableRoleSchema })).max(500),
  })
  .check((context) => {
    const { expiry, date, neverReason } = context.value;
    const problem = expiry === "date" ? expiryProblem(endOfUtcDay(date), new Date()) : null;
    if (problem) context.issues.push({ code: "custom", path: ["date"], message: problem, input: date });
    if (expiry === "never" && neverReason === "")
      context.issues.push({
        code: "custom",
        path: ["neverReason"],
        message: "Say why this service account never expires.",
        input: neverReason,
      });
  });
export type CreateFormValues = z.infer<typeof createFormSchema>;

/** The same half filled in: texts may still be missing or wrong. */
export const createDraftSchema = z.object({
  ...createFormSchema.shape,
  name: z.string(),
  purpose: z.string(),
  neverReason: z.string(),
});

export const emptyCreateForm: CreateFormValues = {
  name: "",
  purpose: "",
  role: "consumer",
  expiry: String(defaultExpiryPreset) as "90",
  date: "",
  neverReason: "",
  projects: [],
};

/** The instant a choice stands for; null means never, undefined that no usable date was given yet. */
export function chosenExpiry(values: Pick<CreateFormValues, "expiry" | "date">, now: Date): string | null | undefined {
  if (values.expiry === "never") return null;
  if (values.expiry !== "date") return expiryAfterDays(Number(values.expiry), now);
  return endOfUtcDay(values.date) ?? undefined;
}

export function toCreateInput(values: CreateFormValues, now: Date): CreateInput {
  const { name, purpose, role, projects } = values;
  const neverReason = values.expiry === "never" ? values.neverReason : "";
  return createInputSchema.parse({ name, purpose, role, projects, neverReason, expiresAt: chosenExpiry(values, now) });
}

/** Fills the form from a recorded intention, for "delete it and create again". */
export function fromCreateInput(input: Record<string, unknown>): CreateFormValues {
  const parsed = createInputSchema.safeParse(input);
  if (!parsed.success) return emptyCreateForm;
  const { expiresAt, ...rest } = parsed.data;
  return { ...rest, expiry: expiresAt === null ? "never" : "date", date: expiresAt?.slice(0, 10) ?? "" };
}

const DATED_NAME = /-\d{4}-\d{2}$/;

/** A successor's form: the name with the month it is made for, and the individual grants that this operator may give. */
export function replacementOf(
  { account, memberships, organizationRole, annotation }: AccountDetail,
  operatorRole: OperatorRole,
  now: Date,
): CreateFormValues {
  const grantable = (role: string | null): WritableRole | null =>
    role !== null && isWritableRole(role) && withinCeiling(operatorRole, role) ? role : null;
  const base = account.name.replace(DATED_NAME, "").slice(0, ACCOUNT_NAME_MAX - 8);
  return {
    ...emptyCreateForm,
    name: `${base}-${now.toISOString().slice(0, 7)}`,
    purpose: annotation.purpose ?? "",
    role: grantable(organizationRole) ?? emptyCreateForm.role,
    projects: memberships
      .filter(({ grant }) => isRemovable(grant))
      .flatMap(({ projectId, role }) => {
        const granted = grantable(role);
        return granted ? [{ id: projectId, role: granted }] : [];
      }),
  };
}
