import ICAL from "ical.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { upsertOperator } from "@/lib/db/operators";
import { findActiveSession } from "@/lib/db/sessions";
import { feedInputSchema } from "@/lib/domain/feed";
import type { Actor } from "@/lib/domain/operator";
import type { RequestContext } from "@/lib/services/context";
import { openPostOffice, type PostOffice } from "@/lib/services/notifications/testing/open-post-office";
import { endActiveSession } from "@/lib/services/sessions/end";
import { endAllSessions } from "@/lib/services/sessions/end-all";
import { refuseSession } from "@/lib/services/sessions/refuse";
import { hashSessionId, sessionLimits } from "@/lib/services/sessions/session-id";
import { startSession } from "@/lib/services/sessions/start";
import { listAllEvents } from "@/lib/services/sessions/testing/list-all-events";
import { failureOf } from "@/lib/services/testing/failure-of";
import { administrator } from "@/lib/services/testing/stage";
import { renderCalendar } from "./calendar";
import { renderChanges } from "./changes";
import { listFeeds, makeFeed } from "./make-feed";
import { revokeFeed } from "./revoke-feed";

let office: PostOffice;
let context: RequestContext;
const identity = { issuer: "https://login.example.com", subject: "vera", name: "Vera", email: null };
const signIn = () =>
  upsertOperator(office.database, () => "operator-vera", {
    ...identity,
    role: "viewer",
    last_sign_in_at: office.now().toISOString(),
  });
beforeEach(async () => {
  office = await openPostOffice();
  await signIn();
  const operator = { id: "operator-vera", name: "Vera", email: null, role: "viewer" as const };
  const actor: Actor = { kind: "operator", operator, sessionId: "s", address: null, authenticatedAt: office.inDays(0) };
  context = { ...office.app, actor, reference: "r" };
});
afterEach(() => office.stop());

const make = async (input: object) => {
  const parsed = feedInputSchema.parse({ organizationKey: office.key, ...input });
  const { feed, address } = await makeFeed({ context, input: parsed });
  const [, token = ""] = /\/api\/feeds\/([A-Za-z0-9_-]{43})\/\w+$/.exec(address) ?? [];
  return { id: feed.id, token };
};
const gone = async (call: Promise<unknown>) => expect(await failureOf(call)).toMatchObject({ code: "not_found" });

describe("the calendar", () => {
  test("holds each expiry at its instant and each start of a rotation as a day, under ids that stay", async () => {
    await office.accounts([
      { id: 1, expiresAt: office.inDays(40) },
      { id: 2, expiresAt: null },
      { id: 3, expiresAt: office.inDays(-40) },
    ]);
    const { token } = await make({ kind: "calendar" });
    const read = async () => {
      const text = await renderCalendar(office.app, token);
      return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((part) => new ICAL.Event(part));
    };
    const [start, expiry, ...more] = await read();
    expect(more).toEqual([]);
    expect([start?.summary, start?.startDate.toString()]).toEqual(["Start the rotation of job-1", "2026-12-12"]);
    expect([expiry?.summary, expiry?.startDate.toJSDate().toISOString()]).toEqual(["job-1 expires", office.inDays(40)]);
    await office.accounts([{ id: 1, expiresAt: office.inDays(60) }]);
    expect((await read()).map(({ uid }) => uid)).toEqual([start?.uid, expiry?.uid]);
  });

  test("of one owner holds that owner's accounts alone, and hostile text stays text", async () => {
    const username = "x\r\nEND:VCALENDAR\r\nATTENDEE:mailto:a@example.com;,\\.95a0b8.mp-service-account";
    await office.accounts([
      { id: 1, username, expiresAt: office.inDays(40) },
      { id: 2, expiresAt: office.inDays(40) },
    ]);
    await office.annotate(1, { owner: "Data; team, one\\", ownerKind: "team" });
    const text = await renderCalendar(office.app, (await make({ kind: "calendar", owner: "Data; team, one\\" })).token);
    expect(text.match(/^[A-Z-]+(?=[;:])/gm)?.filter((name) => name === "ATTENDEE")).toEqual([]);
    const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent");
    expect(events.map((part) => part.getAllProperties().length)).toEqual([7, 7]);
    expect(new ICAL.Event(events[1] ?? new ICAL.Component("vevent")).summary).toContain(
      "ATTENDEE:mailto:a@example.com;,\\",
    );
  });
});

test("the Atom feed tells changes that succeeded in this organization, escaped", async () => {
  await office.channel({ kind: "webhook", name: "<b>&\"'</title><entry>", url: office.receiver.url });
  const { token } = await make({ kind: "changes" });
  const xml = await renderChanges(office.app, token);
  expect(xml.match(/<entry>/g)).toHaveLength(1);
  expect(xml).not.toContain("<b>");
  expect(xml).toMatch(/<title[^>]*>(<!\[CDATA\[)?channel\.add: /);
  expect(xml).toContain("<name>Ada</name>");
  expect(xml).toContain(`/organizations/${office.key}/audit-log?search=`);
});

describe("an address ends", () => {
  test("when it is revoked, and another kind's or a foreign token never opens it", async () => {
    const { id, token } = await make({ kind: "calendar" });
    await gone(renderChanges(office.app, token));
    await gone(renderCalendar(office.app, "A".repeat(43)));
    expect((await listFeeds({ context })).feeds).toHaveLength(1);
    await gone(revokeFeed({ context: office.as(administrator), id }));
    await revokeFeed({ context, id });
    await gone(renderCalendar(office.app, token));
  });

  test("after thirty days without a sign-in, until the next one", async () => {
    const { token } = await make({ kind: "calendar" });
    await office.advance(30 * 86_400);
    await renderCalendar(office.app, token);
    await office.advance(86_400);
    await gone(renderCalendar(office.app, token));
    await signIn();
    await renderCalendar(office.app, token);
  });

  test("when the provider gives no role any more, and when an administrator ends the sessions", async () => {
    const first = await make({ kind: "calendar" });
    await refuseSession({ context: office.app, input: { identity, reason: "no_role", address: null } });
    await gone(renderCalendar(office.app, first.token));
    const second = await make({ kind: "calendar" });
    await endAllSessions({ context: office.as(administrator), input: { operatorId: "operator-vera" } });
    await gone(renderCalendar(office.app, second.token));
  });

  test("with the session whose role was not confirmed, and the record says that feeds ended with it", async () => {
    const { token } = await make({ kind: "calendar" });
    const authenticatedAt = office.now();
    const input = { identity, role: "viewer" as const, refreshToken: null, authenticatedAt, address: null };
    const idHash = hashSessionId(await startSession({ context: office.app, input }));
    const row = await findActiveSession(office.database, idHash, sessionLimits(office.now()));
    if (!row) throw new Error("The session has just begun.");
    await endActiveSession(office.app, row, "no_role", { kind: "system", name: "sessions" });
    await gone(renderCalendar(office.app, token));
    const [ended] = (await listAllEvents(office.database)).filter(({ action }) => action === "session.end");
    expect(JSON.parse(ended?.detail ?? "")).toEqual({ reason: "no_role", feedsEnded: 1 });
  });
});

test("the database holds no token", async () => {
  const { token } = await make({ kind: "calendar" });
  const rows = await office.database.selectFrom("feeds").selectAll().execute();
  const events = await office.database.selectFrom("audit_events").selectAll().execute();
  expect(JSON.stringify([rows, events, office.log])).not.toContain(token);
});
