import { afterEach, beforeEach, expect, test } from "vitest";
import { findActiveSession } from "@/lib/db/sessions";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import type { AppContext } from "@/lib/services/context";
import { bareAppContext } from "@/lib/services/testing/bare-app-context";
import { endActiveSession } from "./end";
import { recheckGroups } from "./recheck";
import { hashSessionId, sessionLimits } from "./session-id";
import { startSession } from "./start";
import { listAllEvents } from "./testing/list-all-events";

const now = new Date("2026-03-01T12:00:00.000Z");
const system = { kind: "system", name: "sessions" } as const;
let opened: TestDatabase;
let context: AppContext;
beforeEach(async () => {
  opened = await openTestDatabase();
  context = bareAppContext(opened.database, { now: () => now });
});
afterEach(() => opened.close());

async function session() {
  const identity = { issuer: "https://idp.test", subject: "max", name: "Max", email: null };
  const input = { identity, role: "manager" as const, refreshToken: "r", authenticatedAt: now, address: null };
  const idHash = hashSessionId(await startSession({ context, input }));
  const found = await findActiveSession(opened.database, idHash, sessionLimits(now));
  if (!found) throw new Error("It has just begun.");
  return found;
}

test("two who end one session at one moment leave one line in the record", async () => {
  const row = await session();
  await Promise.all([1, 2].map(() => endActiveSession(context, row, "provider_refused", system)));
  const ended = (await listAllEvents(opened.database)).filter(({ action }) => action === "session.end");
  expect(ended).toHaveLength(1);
});

test("a session that was ended while its turn came is not asked about, and stays ended", async () => {
  const row = await session();
  await endActiveSession(context, row, "ended_by_administrator", system);
  const source = () => Promise.reject(new Error("Nobody may be asked about it any more."));
  expect(await recheckGroups(context, row, now.toISOString(), source)).toEqual({ kind: "ended", reason: "expired" });
  const stored = await opened.database.selectFrom("sessions").select("ended_reason").executeTakeFirst();
  expect(stored?.ended_reason).toBe("ended_by_administrator");
});
