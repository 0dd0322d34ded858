import { grantPhrase } from "@/components/service-accounts/role-label";
import type { Tone } from "@/components/ui/tone";
import type { AccessRow } from "@/lib/domain/access-view";
import type { AccessQuery } from "@/lib/domain/list-query";
import { isWritableRole, roleRank } from "@/lib/domain/role";

export type HeldAccess = { role: string; grant: string };
type Shown = Pick<AccessQuery, "role" | "grant">;

/** What an account holds by project, strongest first. */
export function heldByProject({ held }: AccessRow): Map<number, HeldAccess[]> {
  const byProject = new Map<number, HeldAccess[]>();
  for (const [projectId, role, grant] of held) {
    const already = byProject.get(projectId);
    if (already) already.push({ role, grant });
    else byProject.set(projectId, [{ role, grant }]);
  }
  return byProject;
}

/** The membership a cell shows: the strongest that the filter asks for, else the strongest there is, in quiet. */
export function shownAccess(held: readonly HeldAccess[], shown: Shown): { access: HeldAccess; asked: boolean } | null {
  const isAsked = ({ role, grant }: HeldAccess) =>
    (shown.role.length === 0 || shown.role.includes(role)) && (shown.grant.length === 0 || shown.grant.includes(grant));
  const asked = held.find(isAsked);
  const access = asked ?? held[0];
  return access ? { access, asked: asked !== undefined } : null;
}

/** Three letters stand for a role in a cell; its words are beside it for whoever asks. */
export function roleCode(role: string): string {
  const letters = Array.from(role.trim()).slice(0, 3).join("");
  return letters.charAt(0).toUpperCase() + letters.slice(1);
}

export function roleTone(role: string): Tone {
  if (roleRank(role) >= roleRank("admin")) return "warning";
  if (role === "analyst") return "accent";
  return isWritableRole(role) || roleRank(role) < roleRank("consumer") ? "neutral" : "notice";
}

/** All that is held, in words. */
export function accessWords(held: readonly HeldAccess[]): string {
  if (held.length === 0) return "no access";
  return held.map(({ role, grant }) => `${role}, ${grantPhrase(grant)}`).join("; ");
}
