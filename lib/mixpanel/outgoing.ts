import { z } from "zod";
import { AppError } from "@/lib/domain/app-error";
import { accountNameSchema } from "@/lib/domain/change";
import { writableRoleSchema } from "@/lib/domain/role";
import { instantSchema } from "@/lib/domain/service-account";

const id = z.int().positive();
const unique = (ids: number[]) => new Set(ids).size === ids.length;
const accountIds = z.array(id).min(1).refine(unique, "Each service account once.");
const uniqueProjects = (projects: { id: number }[]) => unique(projects.map((project) => project.id));
const grants = z.array(z.strictObject({ id, role: writableRoleSchema })).refine(uniqueProjects, "Each project once.");

/** Checks what is about to be put into a path. */
export const pathId = id;

/** The body of create: `expires` in UTC with a Z and left out for never, `projects` left out for none. */
export const createBody = z
  .strictObject({
    name: accountNameSchema,
    role: writableRoleSchema,
    expiresAt: instantSchema.nullable(),
    projects: grants,
  })
  .transform(({ name, role, expiresAt, projects }) => ({
    username: name,
    role,
    ...(expiresAt === null ? {} : { expires: new Date(expiresAt).toISOString() }),
    ...(projects.length === 0 ? {} : { projects }),
  }));

export const addBody = z
  .strictObject({ accountIds, projects: grants.min(1) })
  .transform((input) => ({ projects: input.projects, service_account_ids: input.accountIds }));

export const removeBody = z
  .strictObject({
    projects: z.array(z.strictObject({ id, accountIds })).min(1).refine(uniqueProjects, "Each project once."),
  })
  .transform((input) => ({
    projects: input.projects.map((project) => ({ id: project.id, service_account_ids: project.accountIds })),
  }));

/** Parses what is to be sent; throws `bad_request` naming the fields before anything leaves. */
export function checked<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => [issue.path.join(".") || "input", issue.message]);
  throw new AppError("bad_request", { fields: Object.fromEntries(fields) });
}
