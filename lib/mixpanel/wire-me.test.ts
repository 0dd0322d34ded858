import { describe, expect, it } from "vitest";
import { meAnswer } from "./wire-me";

const read = (results: unknown) => meAnswer("eu").parse({ status: "ok", results });

describe("/me", () => {
  it("tells the credential, its organizations and projects", () => {
    const results = {
      user_id: 6535281,
      user_email: "etl.95a0b8.mp-service-account@mixpanel.org",
      organizations: { "3108968": { id: 3108968, name: "Example", role: "owner", permissions: [] } },
      projects: {
        "4040293": {
          name: "Web",
          organization_id: 3108968,
          timezone: "US/Pacific",
          domain: "eu.mixpanel.com",
          type: "PROJECT",
        },
        "4040294": { id: 4040294, name: "App", organization_id: "3108968", domain: "in.mixpanel.com" },
        "4040295": { id: "4040295", name: "Old", domain: "mixpanel.com" },
      },
      workspaces: {},
    };
    expect(read(results)).toEqual({
      userId: 6535281,
      email: "etl.95a0b8.mp-service-account@mixpanel.org",
      organizations: [{ id: 3108968, name: "Example", role: "owner" }],
      projects: [
        { id: 4040293, name: "Web", region: "eu", timezone: "US/Pacific", organizationId: 3108968 },
        { id: 4040294, name: "App", region: "in", timezone: null, organizationId: 3108968 },
        { id: 4040295, name: "Old", region: "us", timezone: null, organizationId: null },
      ],
    });
  });

  it("may know no organization and no project: empty object, empty list, null, silence", () => {
    const nobody = { userId: null, email: null, organizations: [], projects: [] };
    expect(read({ organizations: {}, projects: {} })).toEqual(nobody);
    expect(read({ organizations: [], projects: [] })).toEqual(nobody);
    expect(read({ organizations: null })).toEqual(nobody);
    expect(meAnswer("us").parse({})).toEqual(nobody);
  });

  it("names what has no readable name, and takes a missing domain for the region asked", () => {
    const result = read({ organizations: { "7": { name: 5, role: [] } }, projects: { "8": { id: {}, name: "" } } });
    expect(result.organizations).toEqual([{ id: 7, name: "Organization 7", role: null }]);
    expect(result.projects).toEqual([{ id: 8, name: "Project 8", region: "eu", timezone: null, organizationId: null }]);
  });

  it("survives a hostile key when the entry states its id", () => {
    const projects = JSON.parse(`{"__proto__": {"id": 9, "name": "a\\u0000b", "__proto__": {"x": 1}}}`);
    expect(read({ projects }).projects).toMatchObject([{ id: 9, name: "ab" }]);
  });

  it.each([
    ["an entry without any id", { projects: { web: { name: "Web" } } }],
    ["an entry that is no object", { projects: { "8": "Web" } }],
    ["a list entry without an id: its position is none", { projects: [{ name: "Web" }] }],
    ["text for projects", { projects: "none" }],
    ["one id twice", { projects: { "8": { id: 9 }, "9": { id: 9 } } }],
    ["no object", null],
  ])("is unreadable with %s", (_what, results) => {
    expect(meAnswer("us").safeParse({ status: "ok", results }).success).toBe(false);
  });
});
