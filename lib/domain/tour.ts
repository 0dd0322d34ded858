import { z } from "zod";
import { operatorSchema } from "./operator";

/** Where an operator stands in the walkthrough. */
export const tourStateSchema = z.object({
  status: z.enum(["not_offered", "in_progress", "left", "finished", "declined"]),
  step: z.number().int().min(0).max(50),
});
export type TourState = z.infer<typeof tourStateSchema>;
export const newTourState: TourState = { status: "not_offered", step: 0 };

export const operatorAnswerSchema = z.object({ operator: operatorSchema, tour: tourStateSchema });
export type OperatorAnswer = z.infer<typeof operatorAnswerSchema>;
