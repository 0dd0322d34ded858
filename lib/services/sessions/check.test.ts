import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import type { Actor, OperatorRole } from "@/lib/domain/operator";
import {
  DESTRUCTIVE_RECHECK_MS,
  GROUPS_RECHECK_LIMIT_MS,
  GROUPS_RECHECK_MS,
  SESSION_ABSOLUTE_MS,
  SESSION_IDLE_MS,
} from "@/lib/domain/operator-session";
import type { AppContext } from "@/lib/services/context";
import { testEnvironment } from "@/lib/services/inventory/testing/test-console";
import { sealerOf } from "@/lib/services/sealing/sealer-of";
import { noOrganizations } from "@/lib/services/testing/no-organizations";
import { checkSession, type Demand } from "./check";
import { endSession } from "./end";
import { endAllSessions } from "./end-all";
import type { GroupSource, GroupsAnswer } from "./group-source";
import { listKnownOperators } from "./list-operators";
import { refuseSession } from "./refuse";
import { hashSessionId } from "./session-id";
import { startSession } from "./start";
import { listAllEvents } from "./testing/list-all-events";

const environment = testEnvironment([
  { key: "acme", organizationId: 1, region: "us", url: "http://127.0.0.1:1", owner: { username: "u", secret: "s" } },
]);
environment.signIn.groups = { viewer: ["see"], manager: ["manage"], administrator: ["all"] };
let opened: TestDatabase;
let context: AppContext;
let time: number;
let asked: { refreshToken: string; subject: string }[];
let answer: GroupsAnswer | (() => Promise<GroupsAnswer>);

beforeAll(async () => {
  opened = await openTestDatabase();
});
beforeEach(() => {
  time = Date.UTC(2026, 2, 1, 12);
  asked = [];
  answer = { kind: "groups", groups: ["manage"], refreshToken: null };
  context = {
    environment,
    database: opened.database,
    organizations: noOrganizations,
    logger: pino({ level: "silent" }),
    now: () => new Date(time),
    newId: randomUUID,
  };
});
afterAll(() => opened.close());

const source: GroupSource = async (question) => {
  asked.push(question);
  return typeof answer === "function" ? answer() : answer;
};
const address = "203.0.113.9";
async function signIn({
  role = "manager" as OperatorRole,
  subject = randomUUID() as string,
  refreshToken = "refresh-1" as string | null,
} = {}) {
  const identity = { issuer: "https://idp.test", subject, name: "Max", email: "max@example.com" };
  return startSession({ context, input: { identity, role, refreshToken, authenticatedAt: new Date(time), address } });
}
const check = (sessionId: string, demand: Demand = "read") =>
  checkSession({ context, input: { sessionId, address, demand, source } });
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => "let in",
    (error) => error.code,
  );
const stored = (sessionId: string) =>
  opened.database
    .selectFrom("sessions")
    .selectAll()
    .where("id_hash", "=", hashSessionId(sessionId))
    .executeTakeFirstOrThrow();

describe("A session by the clock", () => {
  test("lives while it is used, and ends after half an hour of silence", async () => {
    const session = await signIn();
    for (let minutes = 0; minutes < 100; minutes += 20) {
      time += 20 * 60_000;
      expect((await check(session)).operator).toMatchObject({ name: "Max", role: "manager" });
    }
    time += SESSION_IDLE_MS;
    expect(await failure(check(session))).toBe("not_signed_in");
  });

  test("ends after twelve hours, however busy", async () => {
    const session = await signIn();
    const begun = time;
    for (; time - begun < SESSION_ABSOLUTE_MS; time += 25 * 60_000) await check(session);
    time = begun + SESSION_ABSOLUTE_MS;
    expect(await failure(check(session))).toBe("not_signed_in");
  });

  test("notes its use at most once a minute", async () => {
    const session = await signIn();
    const before = (await stored(session)).seen_at;
    time += 59_000;
    await check(session);
    expect((await stored(session)).seen_at).toBe(before);
    time += 1_000;
    await check(session);
    expect((await stored(session)).seen_at).toBe(new Date(time).toISOString());
  });

  test("is not known by its hash, and neither by an invented identifier", async () => {
    const session = await signIn();
    expect(await failure(check(hashSessionId(session)))).toBe("not_signed_in");
    expect(await failure(check(randomUUID()))).toBe("not_signed_in");
  });
});

describe("The role", () => {
  test("is asked for again after five minutes, by the refresh token, and what is new counts", async () => {
    const session = await signIn({ subject: "sub-ada" });
    time += GROUPS_RECHECK_MS - 1;
    await check(session);
    expect(asked).toEqual([]);
    time += 1;
    answer = { kind: "groups", groups: ["all"], refreshToken: "refresh-2" };
    expect((await check(session)).operator.role).toBe("administrator");
    expect(asked).toEqual([{ refreshToken: "refresh-1", subject: "sub-ada" }]);
    time += GROUPS_RECHECK_MS;
    answer = { kind: "groups", groups: ["see"], refreshToken: null };
    expect((await check(session)).operator.role).toBe("viewer");
    expect(asked[1]?.refreshToken).toBe("refresh-2");
    time += GROUPS_RECHECK_MS;
    await check(session);
    expect(asked[2]?.refreshToken).toBe("refresh-2");
  });

  test("is asked for before a destructive act, unless that was just done", async () => {
    const session = await signIn();
    time += DESTRUCTIVE_RECHECK_MS - 1;
    await check(session, "destructive");
    expect(asked).toHaveLength(0);
    time += 1;
    await check(session, "destructive");
    await check(session, "destructive");
    expect(asked).toHaveLength(1);
  });

  test.each<[string, GroupsAnswer, string]>([
    ["no group gives one any more", { kind: "groups", groups: ["others"], refreshToken: null }, "no_role"],
    ["the groups are left out", { kind: "unreadable", reason: "overage" }, "no_role"],
    ["the groups are malformed", { kind: "unreadable", reason: "malformed" }, "no_role"],
    ["the provider ended the sign-in", { kind: "refused" }, "provider_refused"],
  ])("is gone at once when %s, and the session with it", async (_, said, reason) => {
    const session = await signIn();
    time += GROUPS_RECHECK_MS;
    answer = said;
    expect(await failure(check(session))).toBe("not_signed_in");
    expect(await stored(session)).toMatchObject({ ended_reason: reason, sealed_refresh_token: null });
    answer = { kind: "groups", groups: ["all"], refreshToken: null };
    expect(await failure(check(session))).toBe("not_signed_in");
    const [last] = (await listAllEvents(opened.database)).slice(-1);
    expect(last).toMatchObject({ action: "session.end", actor_id: "system:sessions", target_name: "Max" });
  });

  test("cannot be confirmed without a refresh token: the session ends at the limit", async () => {
    const session = await signIn({ refreshToken: null });
    time += GROUPS_RECHECK_MS - 1;
    await check(session);
    time += 1;
    expect(await failure(check(session))).toBe("not_signed_in");
    expect((await stored(session)).ended_reason).toBe("recheck_overdue");
  });

  test("is asked for once, however many requests wait for the answer", async () => {
    const session = await signIn();
    time += GROUPS_RECHECK_MS;
    answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      return { kind: "groups", groups: ["see"], refreshToken: "refresh-2" };
    };
    const actors = await Promise.all(Array.from({ length: 10 }, () => check(session)));
    expect(new Set(actors.map(({ operator }) => operator.role))).toEqual(new Set(["viewer"]));
    expect(asked).toHaveLength(1);
  });
});

describe("While the provider is out of reach", () => {
  beforeEach(() => {
    answer = { kind: "unreachable", cause: new Error("refused") };
  });

  test("reading goes on to the limit, changing stops at once, and nobody is signed out", async () => {
    const session = await signIn();
    time += GROUPS_RECHECK_MS;
    expect((await check(session)).operator.role).toBe("manager");
    expect(await failure(check(session, "change"))).toBe("identity_provider_unreachable");
    time += GROUPS_RECHECK_LIMIT_MS - GROUPS_RECHECK_MS;
    expect(await failure(check(session))).toBe("identity_provider_unreachable");
    answer = { kind: "groups", groups: ["manage"], refreshToken: null };
    expect((await check(session, "destructive")).operator.role).toBe("manager");
  });

  test("destructive acts are refused even within the five minutes", async () => {
    const session = await signIn();
    time += DESTRUCTIVE_RECHECK_MS;
    expect(await failure(check(session, "destructive"))).toBe("identity_provider_unreachable");
    expect((await check(session, "change")).operator.role).toBe("manager");
  });

  test("a source that throws counts as out of reach", async () => {
    const session = await signIn();
    time += GROUPS_RECHECK_MS;
    answer = () => Promise.reject(new Error("bug"));
    expect((await check(session)).operator.role).toBe("manager");
  });
});

describe("The record", () => {
  test("holds who came, who was refused and who left, and no token of anybody", async () => {
    const identity = { issuer: "https://idp.test", subject: "sub-nadia", name: "Nadia", email: "nadia@example.com" };
    await refuseSession({ context, input: { identity, reason: "overage", address } });
    const session = await signIn({ subject: "sub-record", refreshToken: "canary-refresh" });
    await endSession({ context, input: { sessionId: session, reason: "signed_out", address } });
    await endSession({ context, input: { sessionId: session, reason: "signed_out", address } });
    const events = (await listAllEvents(opened.database)).slice(-3);
    expect(events.map(({ action, outcome, actor_name }) => [action, outcome, actor_name])).toEqual([
      ["session.refuse", "refused", "Nadia"],
      ["session.start", "succeeded", "Max"],
      ["session.end", "succeeded", "Max"],
    ]);
    expect(events.map((event) => event.address)).toEqual([address, address, address]);
    const row = await stored(session);
    expect(JSON.stringify([events, row])).not.toMatch(new RegExp(`canary-refresh|${session}`));
  });

  test("a refresh token opens in its own session only", async () => {
    const [one, other] = [await signIn(), await signIn()];
    const { sealed_refresh_token } = await stored(one);
    const binding = (rowId: string) => ({ organizationKey: null, rowId, purpose: "refresh_token" as const });
    const sealer = sealerOf(context);
    expect(await sealer.open(sealed_refresh_token ?? "", binding(hashSessionId(one)))).toBe("refresh-1");
    await expect(sealer.open(sealed_refresh_token ?? "", binding(hashSessionId(other)))).rejects.toThrow();
  });
});

describe("An administrator", () => {
  const as = (role: OperatorRole) => {
    const operator = { id: "boss", name: "Ada", email: null, role };
    const actor: Actor = {
      kind: "operator",
      operator,
      sessionId: "s",
      address,
      authenticatedAt: context.now().toISOString(),
    };
    return { ...context, actor, reference: "reference-1" };
  };

  test("sees who has sessions, ends all of one, and they are out on the next request", async () => {
    const subject = randomUUID();
    const [one, two, other] = [await signIn({ subject }), await signIn({ subject }), await signIn()];
    const { operator } = await check(one);
    const { operators } = await listKnownOperators({ context: as("administrator") });
    expect(operators.find(({ id }) => id === operator.id)).toMatchObject({ openSessions: 2, name: "Max" });
    expect(await endAllSessions({ context: as("administrator"), input: { operatorId: operator.id } })).toEqual({
      ended: 2,
    });
    expect(await Promise.all([one, two, other].map((session) => failure(check(session))))).toEqual([
      "not_signed_in",
      "not_signed_in",
      "let in",
    ]);
  });

  test("alone may", async () => {
    for (const role of ["viewer", "manager"] as const) {
      expect(await failure(endAllSessions({ context: as(role), input: { operatorId: "x" } }))).toBe("not_permitted");
      expect(await failure(listKnownOperators({ context: as(role) }))).toBe("not_permitted");
    }
    expect(await failure(endAllSessions({ context: as("administrator"), input: { operatorId: "x" } }))).toBe(
      "not_found",
    );
  });
});
