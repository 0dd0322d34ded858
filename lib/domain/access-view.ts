import { z } from "zod";
import { syncViewSchema } from "./inventory-view";
import { projectSchema } from "./project";

/** One membership: project, role, grant. A tuple, because a page may hold fifty thousand of them. */
const heldSchema = z.tuple([z.number().int(), z.string(), z.string()]);

export const accessRowSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  /** The rest of the username, quiet on screen. */
  suffix: z.string(),
  own: z.boolean(),
  /** Its memberships in the projects of the page, strongest first. */
  held: z.array(heldSchema),
});
export type AccessRow = z.infer<typeof accessRowSchema>;

export const accessPageSchema = z.object({
  /** The columns, by name. */
  projects: z.array(projectSchema.pick({ id: true, name: true, region: true })),
  rows: z.array(accessRowSchema),
  total: z.number().int(),
  unfilteredTotal: z.number().int(),
  /** Roles and grants that occur among the memberships, for the filters; roles strongest first. */
  roles: z.array(z.string()),
  grants: z.array(z.string()),
  sync: syncViewSchema,
});
export type AccessPage = z.infer<typeof accessPageSchema>;
export type AccessProject = AccessPage["projects"][number];
