import { describe, expect, it } from "vitest";
import { seedWorld } from "./seed/world";

describe("the store", () => {
  it("forgets a deleted account's memberships and its credential", () => {
    const options = { accounts: 20, projects: 4, seed: 1, organizations: 1, oddities: true };
    const world = seedWorld(options, Date.parse("2026-07-03T09:21:27Z"));
    const [organization] = world.organizations.values();
    if (!organization) throw new Error("there is always one organization");
    const { project: account } = organization.credentials;
    const projects = [...organization.projects.values()];
    expect(projects.some(({ members }) => members.has(account.id))).toBe(true);
    expect(world.callerOf(account.username)?.account).toBe(account);
    world.delete(organization, account);
    expect(projects.some(({ members }) => members.has(account.id))).toBe(false);
    expect(world.callerOf(account.username)).toBeNull();
  });
});
