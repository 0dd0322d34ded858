import { z } from "zod";
import type { Severity } from "./policy";
import { roleRank, type WritableRole, writableRoles } from "./role";

export const operatorRoles = ["viewer", "manager", "administrator"] as const;
export const operatorRoleSchema = z.enum(operatorRoles);
export type OperatorRole = z.infer<typeof operatorRoleSchema>;

export const permissions = {
  "inventory:read": "viewer",
  "inventory:sync": "viewer",
  "audit:read": "viewer",
  "audit:export": "viewer",
  "operation:read": "viewer",
  "self:write": "viewer",
  "annotation:write": "manager",
  "channel:read": "viewer",
  "account:create": "manager",
  "account:delete": "manager",
  "account:rotate": "manager",
  "membership:assign": "manager",
  "membership:remove": "manager",
  "operation:reconcile": "manager",
  /** Answers for a notice or a warning; a critical finding also asks for `finding:accept_critical`. */
  "finding:accept": "manager",
  "finding:accept_critical": "administrator",
  "policy:manage": "administrator",
  "organization:manage": "administrator",
  "session:end": "administrator",
  "channel:manage": "administrator",
} as const satisfies Record<string, OperatorRole>;
export type Permission = keyof typeof permissions;

const order: Record<OperatorRole, number> = { viewer: 0, manager: 1, administrator: 2 };

export function hasPermission(role: OperatorRole, permission: Permission): boolean {
  return order[role] >= order[permissions[permission]];
}

const ceilings: Record<OperatorRole, WritableRole | null> = {
  viewer: null,
  manager: "analyst",
  administrator: "owner",
};

/** Whether the operator may grant this Mixpanel role, or touch an account that holds it. */
export function withinCeiling(role: OperatorRole, mixpanelRole: string): boolean {
  const ceiling = ceilings[role];
  return ceiling !== null && (ceiling === "owner" || roleRank(mixpanelRole) <= roleRank(ceiling));
}

/** The Mixpanel roles an operator may choose from, highest first. */
export function grantableRoles(role: OperatorRole): WritableRole[] {
  return writableRoles.filter((candidate) => withinCeiling(role, candidate));
}

export type GroupMapping = Record<OperatorRole, readonly string[]>;

/** The highest role any of the groups gives; null means no entry. Comparison is exact. */
export function roleOfGroups(groups: readonly string[], mapping: GroupMapping): OperatorRole | null {
  const member = (role: OperatorRole) => mapping[role].some((group) => groups.includes(group));
  return ([...operatorRoles].reverse().find(member) ?? null) satisfies OperatorRole | null;
}

/** Whether the operator may answer for a finding of this severity, or take such an answer back. */
export function mayAccept(role: OperatorRole, severity: Severity): boolean {
  return hasPermission(role, severity === "critical" ? "finding:accept_critical" : "finding:accept");
}

/** A signed-in person. */
export const operatorSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role: operatorRoleSchema,
});
export type Operator = z.infer<typeof operatorSchema>;

/** Who causes a change: a person, or Keywarden itself (a job, the reconciler). */
export type Actor =
  | {
      kind: "operator";
      operator: Operator;
      sessionId: string;
      address: string | null;
      /** When the person last proved who they are at the identity provider; destructive bulk acts ask that it be recent. */
      authenticatedAt: string;
    }
  | { kind: "system"; name: string };
