import { z } from "zod";
import { annotationSchema, ownerKinds } from "@/lib/domain/annotation";
import { ACCOUNT_NAME_MAX, accountNameSchema, type CreateInput, createInputSchema } from "@/lib/domain/change";
import { defaultExpiryPreset, endOfUtcDay, expiryAfterDays, expiryProblem } from "@/lib/domain/expiry-preset";
import type { AccountDetail } from "@/lib/domain/inventory-view";
import { isRemovable } from "@/lib/domain/membership";
import { type Operator, type OperatorRole, withinCeiling } from "@/lib/domain/operator";
import { isWritableRole, type WritableRole, writableRoleSchema } from "@/lib/domain/role";

export const expiryChoices = ["30", "60", "90", "180", "365", "date", "never"] as const;

const text = (max: number) => z.string().trim().max(max, `At most ${max} characters.`);

/** What is recorded of the account from birth. */
const noteFields = {
  owner: text(120),
  ownerKind: z.enum(ownerKinds),
  contact: z.union([z.literal(""), z.email("Not an e-mail address.").max(254)]),
  ticket: text(300),
  /** As typed; `tagsOf` reads them. */
  tags: z.string().refine((typed) => annotationSchema.shape.tags.safeParse(tagsOf(typed)).success, {
    message: "Small letters, digits and . _ : / - only, with spaces between; at most 20.",
  }),
  roleReason: text(500),
};

function tagsOf(typed: string): string[] {
  return typed.split(/[\s,;]+/).filter(Boolean);
}

/** Owner and admin are asked for a reason, wherever they would be held. */
export function needsRoleReason({ role, projects }: { role: string; projects: readonly { role: string }[] }): boolean {
  return [role, ...projects.map((project) => project.role)].some((each) => each === "owner" || each === "admin");
}

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
    ...noteFields,
  })
  .check((context) => {
    const { expiry, date, neverReason, roleReason } = context.value;
    if (needsRoleReason(context.value) && roleReason === "") {
      const message = "Say why it needs a role this strong.";
      context.issues.push({ code: "custom", path: ["roleReason"], message, input: roleReason });
    }
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
  owner: z.string().default(""),
  ownerKind: noteFields.ownerKind.default("person"),
  contact: z.string().default(""),
  ticket: z.string().default(""),
  tags: z.string().default(""),
  roleReason: z.string().default(""),
});

export const emptyCreateForm: CreateFormValues = {
  name: "",
  purpose: "",
  role: "consumer",
  expiry: String(defaultExpiryPreset) as "90",
  date: "",
  neverReason: "",
  projects: [],
  owner: "",
  ownerKind: "person",
  contact: "",
  ticket: "",
  tags: "",
  roleReason: "",
};

/** An empty form whose account would be the operator's own. */
export function ownCreateForm({ name, email }: Pick<Operator, "name" | "email">): CreateFormValues {
  const contact = noteFields.contact.safeParse(email);
  return { ...emptyCreateForm, owner: name.slice(0, 120), contact: contact.success ? contact.data : "" };
}

/** The instant a choice stands for; null means never, undefined that no usable date was given yet. */
export function chosenExpiry(values: Pick<CreateFormValues, "expiry" | "date">, now: Date): string | null | undefined {
  if (values.expiry === "never") return null;
  if (values.expiry !== "date") return expiryAfterDays(Number(values.expiry), now);
  return endOfUtcDay(values.date) ?? undefined;
}

export function toCreateInput(values: CreateFormValues, now: Date): CreateInput {
  const { expiry, date, neverReason, tags, roleReason, ...rest } = values;
  return createInputSchema.parse({
    ...rest,
    tags: tagsOf(tags),
    neverReason: expiry === "never" ? neverReason : "",
    roleReason: needsRoleReason(values) ? roleReason : "",
    expiresAt: chosenExpiry({ expiry, date }, now),
  });
}

/** Fills the form from a recorded intention, for "delete it and create again". */
export function fromCreateInput(input: Record<string, unknown>): CreateFormValues {
  const parsed = createInputSchema.safeParse(input);
  if (!parsed.success) return emptyCreateForm;
  const { expiresAt, owner, ownerKind, contact, ticket, tags, roleReason, ...rest } = parsed.data;
  return {
    ...rest,
    ...textsOf({ owner, contact, ticket, roleReason }),
    ownerKind: ownerKind ?? "person",
    tags: tags?.join(" ") ?? "",
    expiry: expiresAt === null ? "never" : "date",
    date: expiresAt?.slice(0, 10) ?? "",
  };
}

type Noted = Partial<Record<"owner" | "contact" | "ticket" | "roleReason", string | null>>;
const textsOf = ({ owner, contact, ticket, roleReason }: Noted) => ({
  owner: owner ?? "",
  contact: contact ?? "",
  ticket: ticket ?? "",
  roleReason: roleReason ?? "",
});

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
    ...textsOf(annotation),
    ownerKind: annotation.ownerKind,
    tags: annotation.tags.join(" "),
    role: grantable(organizationRole) ?? emptyCreateForm.role,
    projects: memberships
      .filter(({ grant }) => isRemovable(grant))
      .flatMap(({ projectId, role }) => {
        const granted = grantable(role);
        return granted ? [{ id: projectId, role: granted }] : [];
      }),
  };
}
