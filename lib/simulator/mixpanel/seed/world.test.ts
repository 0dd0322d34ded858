import { describe, expect, it } from "vitest";
import { expiryState, usageState } from "@/lib/domain/service-account";
import { membersOf } from "@/lib/simulator/mixpanel/memberships";
import { type Organization, World } from "@/lib/simulator/mixpanel/store";
import { writeAccount } from "@/lib/simulator/mixpanel/wire";
import { readRoleAt, styleAt } from "./oddities";
import { type SeedOptions, seedWorld } from "./world";

const epoch = Date.parse("2026-07-03T09:21:27.500Z");
const defaults: SeedOptions = { accounts: 120, projects: 24, seed: 1, organizations: 1, oddities: true };

function seed(options: Partial<SeedOptions> = {}, at = epoch): Organization[] {
  const world = seedWorld({ ...defaults, ...options }, at);
  expect(world).toBeInstanceOf(World);
  return [...world.organizations.values()];
}

function first(options: Partial<SeedOptions> = {}, at = epoch): Organization {
  const [organization] = seed(options, at);
  if (!organization) throw new Error("there is always one organization");
  return organization;
}

const listed = (organization: Organization) => [...organization.accounts.values()].filter((account) => account.listed);
const picture = (organization: Organization) => ({
  id: organization.id,
  accounts: listed(organization).map((account) => ({ ...writeAccount(account), secret: account.secret })),
  members: [...organization.projects.values()].map((project) => [project.id, project.name, [...project.members]]),
});

describe("the seed", () => {
  it("gives the same organization again, within a minute and with other sizes too, and another for another seed", () => {
    expect(picture(first())).toEqual(picture(first({}, epoch + 20_000)));
    const longer = listed(first({ accounts: 200 })).slice(0, 120);
    expect(longer.map(({ username }) => username)).toEqual(listed(first()).map(({ username }) => username));
    expect(picture(first({ seed: 2 })).id).not.toBe(picture(first()).id);
  });

  it("has every step of the expiry ladder and of use, in a tangle", () => {
    const now = new Date(epoch);
    const accounts = listed(first());
    expect(accounts).toHaveLength(120);
    const iso = (moment: number | null) => (moment === null ? null : new Date(moment).toISOString());
    const expiries = new Set(accounts.map((account) => expiryState(iso(account.expiresAt), now)));
    expect([...expiries].sort()).toEqual(["critical", "expired", "later", "never", "notice", "warning"]);
    const uses = new Set(accounts.map((account) => usageState(iso(account.lastUsedAt), now)));
    expect([...uses].sort()).toEqual(["never_used", "unused_90", "used"]);
    expect(accounts.some(({ lastUsedAt }) => lastUsedAt !== null && epoch - lastUsedAt < 120_000)).toBe(true);
  });

  it("has dates that fit each other, whatever the time of day", () => {
    for (const hour of [0, 0.01, 12, 23.99]) {
      const at = Date.parse("2026-03-01T00:00:00Z") + hour * 3_600_000;
      for (const { createdAt, lastUsedAt, expiresAt } of listed(first({ accounts: 600 }, at))) {
        expect(createdAt).toBeLessThan(lastUsedAt ?? at);
        expect(lastUsedAt ?? 0).toBeLessThanOrEqual(at);
        expect(lastUsedAt ?? 0).toBeLessThan(expiresAt ?? Number.POSITIVE_INFINITY);
      }
    }
  });

  it("has projects in two regions, all three grants, custom roles, accounts in every project and in none", () => {
    const organization = first();
    const projects = [...organization.projects.values()];
    expect(new Set(projects.map(({ region }) => region))).toEqual(new Set(["us", "eu"]));
    const rows = projects.flatMap((project) => membersOf(organization, project).map((row) => ({ ...row, project })));
    expect(new Set(rows.map(({ membership }) => membership.grant))).toEqual(
      new Set(["individual", "team", "organization"]),
    );
    expect(rows.some(({ membership }) => membership.role === "Data Steward")).toBe(true);
    const counts = listed(organization).map(({ id }) => projects.filter(({ members }) => members.has(id)).length);
    expect(counts).toContain(0);
    expect(counts.filter((count) => count === projects.length).length).toBeGreaterThanOrEqual(2);
    expect(listed(organization).some(({ creator }) => creator.email === null)).toBe(true);
  });

  it("keeps oddities to the documented places, and to none when they are switched off", () => {
    const places = listed(first()).map((account, place) => ({ place, account }));
    for (const { place, account } of places) expect(account.style).toEqual(styleAt(place));
    const odd = places.filter(({ account }) => account.style.dates !== "utc" || account.style.absent !== "omitted");
    expect(new Set(odd.map(({ place }) => place % 10))).toEqual(new Set([4, 6, 9]));
    const organization = first({ oddities: false });
    expect(listed(organization).some(({ style }) => style.dates !== "utc" || style.absent !== "omitted")).toBe(false);
    const roles = [...organization.projects.values()].flatMap(({ members }) =>
      [...members.values()].flat().map(({ role }) => role),
    );
    expect(roles.filter((role) => !["owner", "admin", "analyst", "consumer"].includes(role))).toEqual([]);
    expect([8, 23, 38].map(readRoleAt)).toEqual(["Data Steward", "Marketing Viewer", "Regional Lead"]);
  });

  it.each([0, 1, 2, 3, 4])("counts the credentials among %i accounts, with 0 or 1 projects", (accounts) => {
    for (const projects of [0, 1]) {
      const organization = first({ accounts, projects });
      expect(listed(organization)).toHaveLength(accounts);
      expect(organization.projects.size).toBe(projects);
      const { owner, admin, project } = organization.credentials;
      expect([owner, admin, project].map(({ organizationRole }) => organizationRole)).toEqual(["owner", "admin", null]);
      for (const each of organization.projects.values()) {
        expect(each.members.has(project.id)).toBe(true);
        expect(membersOf(organization, each).length).toBeLessThanOrEqual(accounts);
      }
    }
  });

  it("gives further organizations the first one's ids, their own names, secrets and regions", () => {
    const [one, two, three] = seed({ organizations: 3 });
    if (!one || !two || !three) throw new Error("three were asked for");
    expect([one, two, three].map((each) => [each.region, listed(each).length, each.projects.size])).toEqual([
      ["us", 120, 24],
      ["eu", 12, 3],
      ["in", 0, 1],
    ]);
    expect([...two.accounts.keys()]).toEqual([...one.accounts.keys()].slice(0, 12));
    expect([...two.projects.keys()]).toEqual([...one.projects.keys()].slice(0, 3));
    const secrets = [one, two, three].flatMap(({ accounts }) =>
      [...accounts.values()].flatMap(({ secret, username }) => [secret, username]),
    );
    expect(new Set(secrets).size).toBe(secrets.length);
    for (const secret of secrets.filter((_, index) => index % 2 === 0)) expect(secret).toMatch(/^[A-Za-z0-9]{32}$/);
  });

  it("builds 10,000 accounts in 500 projects without repeating an id, a username or a secret", () => {
    const accounts = listed(first({ accounts: 10_000, projects: 500 }));
    for (const key of ["id", "username", "secret", "userId"] as const) {
      expect(new Set(accounts.map((account) => account[key])).size).toBe(10_000);
    }
  });
});
