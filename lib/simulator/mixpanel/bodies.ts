import { z } from "zod";
import { writableRoles } from "@/lib/domain/role";

const NAME_LIMIT = 255;

type Issue = { input?: unknown };
/** zod's own messages name its types; these are written for whoever reads the answer. */
const must = (be: string) => (issue: Issue) => (issue.input === undefined ? "is required" : `must be ${be}`);

const idSchema = z.int({ error: must("an integer") });
const roleSchema = z.enum(writableRoles, { error: must(`one of ${writableRoles.join(", ")}`) });
const idsSchema = z.array(idSchema, { error: must("a list of service account ids") });
const object = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape, { error: must("an object") });

const rfc3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

/** Epoch milliseconds of an RFC 3339 date-time, or null: a date that no calendar has (30 February) is none. */
export function parseDateTime(text: string): number | null {
  if (!rfc3339.test(text)) return null;
  const upper = text.toUpperCase();
  const moment = Date.parse(upper.replace(/(\.\d{3})\d+/, "$1"));
  const day = Date.parse(`${upper.slice(0, 10)}T00:00:00Z`);
  const exists = !Number.isNaN(day) && new Date(day).toISOString().startsWith(upper.slice(0, 10));
  return Number.isNaN(moment) || !exists ? null : moment;
}

export const createBodySchema = object({
  username: z
    .string({ error: must("a string") })
    .refine((name) => name.trim() !== "", "must not be empty")
    .refine((name) => name.length <= NAME_LIMIT, `must be at most ${NAME_LIMIT} characters long`),
  role: roleSchema.optional(),
  expires: z
    .string({ error: must("a date-time string") })
    .refine((text) => parseDateTime(text) !== null, "must be an RFC 3339 date-time such as 2030-01-31T12:00:00Z")
    .optional(),
  projects: z
    .array(object({ id: idSchema, role: roleSchema.optional() }), { error: must("a list of projects") })
    .optional(),
});

export const addBodySchema = object({
  projects: z.array(object({ id: idSchema, role: roleSchema }), { error: must("a list of projects") }),
  service_account_ids: idsSchema,
});

export const removeBodySchema = object({
  projects: z.array(object({ id: idSchema, service_account_ids: idsSchema }), { error: must("a list of projects") }),
});
