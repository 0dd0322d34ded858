import { z } from "zod";
import { assignInputSchema, createInputSchema, deleteInputSchema, removeInputSchema } from "@/lib/domain/change";
import { crashPoints } from "@/lib/domain/crash-point";

const change = {
  id: z.number(),
  operator: z.enum(["Ada", "Max"]),
  key: z.string(),
  /** Where operations of this request stop and wait for the end of their process. */
  stallAt: z.enum(crashPoints).optional(),
  /** Only the first of its operations stops; the others go on. */
  stallFirst: z.boolean().default(false),
};

/** What the torture asks of a worker process. */
export const taskSchema = z.discriminatedUnion("kind", [
  z.object({ ...change, kind: z.literal("create"), input: createInputSchema }),
  z.object({ ...change, kind: z.literal("assign"), input: assignInputSchema }),
  z.object({ ...change, kind: z.literal("remove"), input: removeInputSchema }),
  z.object({ ...change, kind: z.literal("delete"), input: deleteInputSchema }),
  z.object({ id: z.number(), kind: z.literal("sync") }),
  z.object({ id: z.number(), kind: z.literal("clock"), aheadMs: z.number() }),
  /** What a start and an operator do about what others left behind. Answers how many operations are still open. */
  z.object({ id: z.number(), kind: z.literal("recover") }),
  /** The secret of a create, for the operator who made it; null where there is none to open. */
  z.object({ id: z.number(), kind: z.literal("open"), operator: z.enum(["Ada", "Max"]), name: z.string() }),
]);
export type Task = z.input<typeof taskSchema>;
type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;
export type Question = WithoutId<Task>;
export type Request = WithoutId<Extract<Task, { key: string }>>;

export const replySchema = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ id: z.number(), reached: z.enum(crashPoints) }),
  z.object({ id: z.number(), answer: z.unknown() }),
  z.object({ id: z.number(), error: z.string() }),
]);
export type Reply = z.infer<typeof replySchema>;

export const settingsSchema = z.object({
  databaseUrl: z.string().optional(),
  dataDir: z.string(),
  organizationId: z.number(),
  baseUrl: z.string(),
  username: z.string(),
  secret: z.string(),
  encryptionKey: z.string(),
  /** How far the worker's clock, and the simulator's with it, is ahead of the machine's. */
  aheadMs: z.number(),
});
export type WorkerSettings = z.infer<typeof settingsSchema>;
