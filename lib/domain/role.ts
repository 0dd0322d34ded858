import { z } from "zod";

/** The roles Mixpanel lets us write, highest first. Read roles are open: custom roles carry any name. */
export const writableRoles = ["owner", "admin", "analyst", "consumer"] as const;
export const writableRoleSchema = z.enum(writableRoles);
export type WritableRole = z.infer<typeof writableRoleSchema>;

const ranks = new Map<string, number>([
  ["owner", 60],
  ["admin", 50],
  ["billing_admin", 45],
  ["analyst", 40],
  ["consumer", 30],
  ["member", 10],
  ["no role", 0],
]);
/** A custom role may hold anything an analyst can, so it is ranked just above one. */
const CUSTOM_ROLE_RANK = 42;

/** Orders any role Mixpanel may answer; unknown names are custom roles. Higher means more power. */
export function roleRank(role: string): number {
  return ranks.get(role) ?? CUSTOM_ROLE_RANK;
}

export function isWritableRole(role: string): role is WritableRole {
  return writableRoleSchema.safeParse(role).success;
}
