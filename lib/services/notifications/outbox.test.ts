import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { acquireLease } from "@/lib/db/leases";
import { openPostOffice, type PostOffice } from "./testing/open-post-office";
import { watchedDatabase } from "./testing/watched-database";

let office: PostOffice;
beforeEach(async () => {
  office = await openPostOffice();
  await office.channel({ kind: "webhook", name: "Down", url: office.receiver.url, hour: 0 });
  await office.accounts([{ id: 1, expiresAt: office.inDays(5) }]);
});
afterEach(() => office.stop());

const idOf = ({ headers }: { headers: Record<string, unknown> }) => z.string().parse(headers["webhook-id"]);
const down = async () => (await office.database.selectFrom("notification_channels").selectAll().execute())[0];

describe("a target that is down", () => {
  test.each([503, null])(
    "(%s) is tried again after longer and longer waits, and gets the message under one id",
    async (answer) => {
      office.receiver.state.answer = answer;
      await office.plan();
      const attempts = [];
      for (const seconds of [0, 30, 31, 60, 61, 241]) {
        await office.advance(seconds);
        await office.send();
        attempts.push((await office.messages())[0]?.attempts);
      }
      expect(attempts).toEqual([1, 1, 2, 2, 3, 4]);
      expect((await down())?.failing_since).toBe(office.inDays(0));
      office.receiver.state.answer = 204;
      expect(await office.send()).toBe(0);
      await office.advance(3_600);
      expect(await office.send()).toBe(1);
      expect(office.receiver.received.map(idOf)).toEqual([(await office.messages())[0]?.id]);
      expect(await down()).toMatchObject({ failing_since: null, last_delivered_at: office.now().toISOString() });
    },
  );

  test("leaves every other channel alone", async () => {
    office.receiver.state.answer = 500;
    await office.channel({ kind: "mail", name: "Owners", mail: { addresses: ["a@example.com"] }, hour: 0 });
    await office.plan();
    expect(await office.send()).toBe(1);
    expect(office.mail.received).toHaveLength(1);
  });
});

describe("a process that dies", () => {
  test("after the target took the message sends it again under the same id", async () => {
    await office.plan();
    const dying = watchedDatabase(office.database, {
      before: () => {
        if (office.receiver.received.length > 0) throw new Error("died");
      },
    });
    await expect(office.send({ ...office.app, database: dying })).rejects.toThrow("died");
    expect((await office.messages())[0]).toMatchObject({ state: "waiting", attempts: 1 });
    await office.advance(181);
    expect(await office.send()).toBe(1);
    const [first, second] = office.receiver.received.map(idOf);
    expect([first, office.receiver.received.length]).toEqual([second, 2]);
  });

  test("before the thresholds stand in the database leaves the whole warning to the next one", async () => {
    let dead = false;
    const dying = watchedDatabase(office.database, {
      before: ({ kind, names }) => {
        dead ||= kind === "InsertQueryNode" && names("notifications");
        if (dead) throw new Error("died");
      },
    });
    await expect(office.plan({ ...office.app, database: dying })).rejects.toThrow("died");
    expect([await office.messages(), await office.marks()]).toEqual([[], []]);
    await office.advance(121);
    expect(await office.plan()).toBe(1);
  });
});

describe("replicas", () => {
  const replica = async () => ({ ...office.app, database: await office.again() });

  test("that look at the same moment make and send one message", async () => {
    const apps = await Promise.all([replica(), replica(), replica(), replica()]);
    await Promise.all(apps.map((app) => office.plan(app)));
    expect(await office.messages()).toHaveLength(1);
    await Promise.all(apps.map((app) => office.send(app)));
    expect(office.receiver.received).toHaveLength(1);
  });

  test("one that lost its lease without noticing writes nothing", async () => {
    const other = await replica();
    const slow = watchedDatabase(office.database, {
      after: async ({ kind, names }) => {
        if (kind !== "SelectQueryNode" || !names("service_accounts")) return;
        const later = new Date(office.now().getTime() + 121_000).toISOString();
        const name = `warnings:${office.key}`;
        await acquireLease(other.database, { name, holder: "other", now: later, expiresAt: later });
      },
    });
    expect(await office.plan({ ...office.app, database: slow })).toBe(0);
    expect([await office.messages(), await office.marks()]).toEqual([[], []]);
  });

  test("a lease of a clock that was set back does not stop the warnings until then", async () => {
    await office.advance(400 * 86_400);
    await office.plan();
    await office.send();
    await office.advance(-400 * 86_400);
    await office.accounts([
      { id: 1, expiresAt: office.inDays(5) },
      { id: 2, expiresAt: office.inDays(6) },
    ]);
    expect([await office.plan(), await office.send()]).toEqual([1, 1]);
  });
});
