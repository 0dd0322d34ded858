import { grantIndividually } from "@/lib/simulator/mixpanel/memberships";
import type { Account, Project } from "@/lib/simulator/mixpanel/store";
import { profileAt } from "./accounts";
import { readRoleAt } from "./oddities";
import type { Profile } from "./profiles";
import type { Random } from "./random";

/** Beyond this place "every project" means many: thousands of such accounts would be no organization. */
const EVERY_UNTIL = 400;

function countOf(spread: Profile["projects"], place: number, random: Random, all: number): number {
  if (spread === "every" && place < EVERY_UNTIL) return all;
  if (spread === "none") return 0;
  if (spread === "one") return 1;
  return spread === "few" ? random.integer(2, 4) : random.integer(5, 12);
}

function addTeamGrant(project: Project, accountId: number, role: string): void {
  const held = project.members.get(accountId) ?? [];
  project.members.set(accountId, [...held, { role, grant: "team", sensitiveAccess: false }]);
}

/** Every twelfth account is in projects by its team; every second of those beside an individual grant of its own. */
function seedTeamGrants(account: Account, place: number, own: readonly Project[], others: readonly Project[]): void {
  if (place % 12 !== 5) return;
  const besideOwn = place % 24 === 5 ? own.slice(0, 1) : [];
  for (const project of [...others.slice(0, 2), ...besideOwn]) addTeamGrant(project, account.id, "analyst");
}

/** Puts the account at this place of the list into projects as its profile says. */
export function seedMemberships(
  account: Account,
  place: number,
  projects: readonly Project[],
  { random, oddities }: { random: Random; oddities: boolean },
): void {
  const profile = profileAt(place);
  const readRole = oddities ? readRoleAt(place) : null;
  const count = countOf(profile.projects, place, random, projects.length);
  const own = random.sample(projects, readRole ? Math.max(1, count) : count);
  for (const [index, project] of own.entries()) {
    grantIndividually(project, account.id, index === 0 && readRole ? readRole : profile.role);
    const [membership] = project.members.get(account.id) ?? [];
    if (membership) membership.sensitiveAccess = profile.role === "admin" || profile.role === "owner";
  }
  const others = random.sample(projects, 4).filter((project) => !own.includes(project));
  seedTeamGrants(account, place, own, others);
}
