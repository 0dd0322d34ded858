import type { WritableRole } from "@/lib/domain/role";

const meanings: Record<WritableRole, string> = {
  owner: "Everything, including billing and deleting the organization",
  admin: "Manages settings, people and data",
  analyst: "Creates and edits reports and data definitions",
  consumer: "Reads reports and exports data",
};

export function roleOptions(roles: readonly WritableRole[]) {
  return roles.map((value) => ({ value, label: value, description: meanings[value] }));
}
