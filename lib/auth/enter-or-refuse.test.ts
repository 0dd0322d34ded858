import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import type { AppContext } from "@/lib/services/context";
import { testEnvironment } from "@/lib/services/inventory/testing/test-console";
import { listAllEvents } from "@/lib/services/sessions/testing/list-all-events";
import { noOrganizations } from "@/lib/services/testing/no-organizations";
import { enterOrRefuse } from "./enter-or-refuse";

const now = new Date("2026-03-01T12:00:00.000Z");
let opened: TestDatabase;
let context: AppContext;
beforeAll(async () => {
  opened = await openTestDatabase();
  const environment = testEnvironment([
    { key: "acme", organizationId: 1, region: "us", url: "http://127.0.0.1:1", owner: { username: "u", secret: "s" } },
  ]);
  environment.signIn.groups = { viewer: ["see"], manager: ["manage"], administrator: ["all"] };
  context = {
    environment,
    database: opened.database,
    organizations: noOrganizations,
    logger: pino({ level: "silent" }),
    now: () => now,
    newId: randomUUID,
  };
});
afterAll(() => opened.close());

const enter = (claims: unknown) => enterOrRefuse(context, { claims, refreshToken: "r", address: "203.0.113.9" });
const many = (count: number) => Array.from({ length: count }, (_, index) => `other-${index}`);

describe("Who comes in", () => {
  test.each<[string, string[], string]>([
    ["one group", ["see"], "viewer"],
    ["the highest of several", ["see", "manage"], "manager"],
    ["the last of 199", [...many(198), "all"], "administrator"],
    ["the last of 200", [...many(199), "all"], "administrator"],
    ["the last of 201", [...many(200), "manage"], "manager"],
  ])("by %s", async (_, groups, role) => {
    expect(await enter({ sub: "s", name: "Max", groups })).toMatchObject({ entered: true, entry: { role } });
  });

  test.each([
    ["no_role", { groups: ["other"] }],
    ["no_role", { groups: [] }],
    ["no_role", { groups: ["SEE", " see", "see "] }],
    ["missing", {}],
    ["missing", { roles: ["all"] }],
    ["malformed", { groups: "all" }],
    ["malformed", { groups: { all: true } }],
    ["overage", { _claim_names: { groups: "src1" } }],
  ])("nobody, for %s: %j, and that is recorded", async (reason, claims) => {
    expect(await enter({ sub: "s", name: "Nadia", ...claims })).toEqual({ entered: false, reason });
    const [last] = (await listAllEvents(opened.database)).slice(-1);
    expect(last).toMatchObject({
      action: "session.refuse",
      outcome: "refused",
      actor_name: "Nadia",
      actor_role: "none",
    });
    expect(JSON.parse(last?.detail ?? "")).toEqual({ reason });
  });

  test("a role never comes from another claim", async () => {
    const claims = { sub: "s", role: "administrator", roles: ["all"], groups: ["see"] };
    expect(await enter(claims)).toMatchObject({ entry: { role: "viewer" } });
  });

  test("claims without a subject let nobody in", async () => {
    await expect(enter({ groups: ["all"] })).rejects.toThrow();
  });
});

describe("When the sign-in was", () => {
  const at = async (auth_time: unknown) => {
    const answer = await enter({ sub: "s", groups: ["see"], auth_time });
    return answer.entered ? answer.entry.authenticatedAt.toISOString() : null;
  };

  test("the provider says, never later than now, and without its word it is now", async () => {
    expect(await at(now.getTime() / 1000 - 3600)).toBe("2026-03-01T11:00:00.000Z");
    expect(await at(now.getTime() / 1000 + 3600)).toBe(now.toISOString());
    expect(await at(undefined)).toBe(now.toISOString());
    expect(await at("yesterday")).toBe(now.toISOString());
  });
});
