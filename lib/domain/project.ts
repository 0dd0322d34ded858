import { z } from "zod";
import { regionSchema } from "./region";

export const projectSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  region: regionSchema,
  timezone: z.string().nullable(),
});
export type Project = z.infer<typeof projectSchema>;
