import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import { SESSION_IDLE_MS } from "@/lib/domain/operator-session";
import type { AppContext, RequestContext } from "@/lib/services/context";
import { testEnvironment } from "@/lib/services/inventory/testing/test-console";
import { failureOf } from "@/lib/services/testing/failure-of";
import { noOrganizations } from "@/lib/services/testing/no-organizations";
import { checkSession } from "./check";
import { endOwnSessions } from "./end-own";
import { listOwnSessions } from "./list-own";
import { startSession } from "./start";
import { listAllEvents } from "./testing/list-all-events";

const environment = testEnvironment([
  { key: "acme", organizationId: 1, region: "us", url: "http://127.0.0.1:1", owner: { username: "u", secret: "s" } },
]);
environment.signIn.groups = { viewer: ["see"], manager: [], administrator: [] };
let opened: TestDatabase;
let app: AppContext;
let time: number;
beforeAll(async () => {
  opened = await openTestDatabase();
});
beforeEach(() => {
  time = Date.UTC(2026, 2, 1, 12);
  app = {
    environment,
    database: opened.database,
    organizations: noOrganizations,
    logger: pino({ level: "silent" }),
    now: () => new Date(time),
    newId: randomUUID,
  };
});
afterAll(() => opened.close());

function signIn(subject: string, address: string | null): Promise<string> {
  const identity = { issuer: "https://idp.test", subject, name: subject, email: null };
  const input = {
    identity,
    role: "viewer" as const,
    refreshToken: "refresh",
    authenticatedAt: new Date(time),
    address,
  };
  return startSession({ context: app, input });
}
const check = (sessionId: string) =>
  checkSession({
    context: app,
    input: {
      sessionId,
      address: "192.0.2.1",
      demand: "read",
      source: async () => ({ kind: "groups", groups: ["see"], refreshToken: null }),
    },
  });
/** A request in a session's name. */
async function as(sessionId: string): Promise<RequestContext> {
  return { ...app, actor: await check(sessionId), reference: "reference" };
}
const own = async (sessionId: string) => (await listOwnSessions({ context: await as(sessionId) })).sessions;

test("an operator sees the own open sessions, and nobody else's", async () => {
  const vera = `vera-${randomUUID()}`;
  const first = await signIn(vera, "192.0.2.1");
  time += 120_000;
  const second = await signIn(vera, null);
  await signIn(`another-${randomUUID()}`, "192.0.2.9");
  const seen = new Date(time).toISOString();
  const sessions = await own(second);
  expect(sessions).toHaveLength(2);
  expect(sessions).toEqual(
    expect.arrayContaining([
      { id: expect.any(String), startedAt: seen, seenAt: seen, address: null, current: true },
      {
        id: expect.any(String),
        startedAt: new Date(time - 120_000).toISOString(),
        seenAt: new Date(time - 120_000).toISOString(),
        address: "192.0.2.1",
        current: false,
      },
    ]),
  );
  expect((await own(first)).find(({ current }) => current)?.address).toBe("192.0.2.1");
  const told = JSON.stringify(sessions);
  for (const session of [first, second]) expect(told).not.toContain(session);
  time += SESSION_IDLE_MS - 60_000;
  expect(await own(second)).toHaveLength(2);
  time += 60_000;
  expect(await own(second)).toMatchObject([{ current: true }]);
});

test("one of the others is ended at once; not the own, not somebody else's, not twice", async () => {
  const [mine, elsewhere, lost] = [
    await signIn("max", "192.0.2.1"),
    await signIn("max", "192.0.2.2"),
    await signIn("max", "192.0.2.3"),
  ];
  const stranger = await signIn("mallory", "192.0.2.4");
  const idAt = async (address: string, session = mine) =>
    (await own(session)).find((row) => row.address === address)?.id ?? "";
  const context = await as(mine);
  const strangersId = await idAt("192.0.2.4", stranger);
  const lostId = await idAt("192.0.2.3");
  expect(await endOwnSessions({ context, input: { sessionId: lostId } })).toEqual({ ended: 1 });
  expect(await failureOf(check(lost))).toMatchObject({ code: "not_signed_in" });
  for (const sessionId of [lostId, strangersId, await idAt("192.0.2.1"), "", "%"]) {
    expect(await failureOf(endOwnSessions({ context, input: { sessionId } }))).toMatchObject({ code: "not_found" });
  }
  for (const session of [mine, elsewhere, stranger]) await check(session);
  const [last] = (await listAllEvents(opened.database)).slice(-1);
  expect(last).toMatchObject({
    action: "session.end",
    outcome: "succeeded",
    actor_name: "max",
    detail: JSON.stringify({ addresses: ["192.0.2.3"], reason: "ended_by_operator", sessions: 1 }),
  });
});

test("all others are ended, and the one that asks goes on", async () => {
  const sessions = [await signIn("ada", null), await signIn("ada", null), await signIn("ada", null)];
  const [mine = ""] = sessions;
  const context = await as(mine);
  expect(await endOwnSessions({ context, input: { sessionId: null } })).toEqual({ ended: 2 });
  expect(await own(mine)).toMatchObject([{ current: true }]);
  expect(await endOwnSessions({ context, input: { sessionId: null } })).toEqual({ ended: 0 });
});
