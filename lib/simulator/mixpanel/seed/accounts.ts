import type { WritableRole } from "@/lib/domain/role";
import { type Account, type Creator, cleanStyle, type Organization } from "@/lib/simulator/mixpanel/store";
import { DAY, seedDates } from "./dates";
import { organizationRoleAt, styleAt } from "./oddities";
import { accountNames, type Profile, profiles } from "./profiles";
import type { Random } from "./random";

export type AccountSource = {
  issue: Organization["issue"];
  random: Random;
  creators: readonly [Creator, ...Creator[]];
  epoch: number;
  oddities: boolean;
};

export function profileAt(place: number): Profile {
  return profiles[place % profiles.length] ?? profiles[0];
}

function usernameOf(name: string, { issue }: AccountSource): string {
  return `${name}.${issue.suffix()}.mp-service-account`;
}

/** One of the credentials the simulator's first line names; recently used, never expiring. */
export function credentialAccount(
  source: AccountSource,
  name: string,
  organizationRole: WritableRole | null,
  listed: boolean,
): Account {
  return {
    id: source.issue.accountId(),
    username: usernameOf(name, source),
    secret: source.issue.secret(),
    userId: source.issue.userId(),
    organizationRole,
    creator: source.creators[0],
    createdAt: Math.floor(source.epoch / DAY) * DAY - 200 * DAY,
    expiresAt: null,
    expiresText: null,
    lastUsedAt: Math.floor(source.epoch / DAY) * DAY - DAY,
    listed,
    style: cleanStyle,
  };
}

/** The account at a place of the organization's list, named after what it is for. */
export function purposeAccount(source: AccountSource, place: number, taken: Set<string>): Account {
  const { random, issue, creators, epoch, oddities } = source;
  const profile = profileAt(place);
  const { first, second } = accountNames[profile.purpose];
  const base = `${random.pick(first)}-${random.pick(second)}`;
  const name = taken.has(base) ? `${base}-${place}` : base;
  taken.add(name);
  return {
    id: issue.accountId(),
    username: usernameOf(name, source),
    secret: issue.secret(),
    userId: issue.userId(),
    organizationRole: organizationRoleAt(place),
    creator: random.pick(creators),
    ...seedDates(profile, random, epoch),
    expiresText: null,
    listed: true,
    style: oddities ? styleAt(place) : cleanStyle,
  };
}
