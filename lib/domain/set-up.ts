import { z } from "zod";

/** One line of the set-up list, ticked off by what is really so. */
export const setUpItemSchema = z.object({
  id: z.string(),
  title: z.string(),
  done: z.boolean(),
  /** What was found, or what to do. */
  detail: z.string(),
});
export type SetUpItem = z.infer<typeof setUpItemSchema>;

export type SetUp = {
  items: SetUpItem[];
  facts: { term: string; value: string }[];
};
