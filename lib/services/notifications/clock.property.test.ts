import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { savePolicy } from "@/lib/db/policies";
import { policySchema } from "@/lib/domain/policy";
import { openPostOffice, type PostOffice } from "./testing/open-post-office";
import { watchedDatabase } from "./testing/watched-database";

const DAY = 86_400_000;
let office: PostOffice;
beforeAll(async () => {
  office = await openPostOffice();
});
afterAll(() => office.stop());

/** How far the clock moves, and after how many statements the process dies; 0: it lives. */
const look = fc.record({
  move: fc.oneof(fc.integer({ min: 0, max: 20 * DAY }), fc.integer({ min: -300 * DAY, max: 300 * DAY })),
  dies: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 14 })),
});
const scene = fc.record({
  warningDays: fc.uniqueArray(fc.integer({ min: 0, max: 120 }), { minLength: 1, maxLength: 5 }),
  expiresInDays: fc.integer({ min: 1, max: 200 }),
  looks: fc.array(look, { minLength: 3, maxLength: 12 }),
});

test("over processes that die anywhere and clocks that jump, the outbox gets each warning once and misses none", async () => {
  let id = 0;
  await fc.assert(
    fc.asyncProperty(scene, async ({ warningDays, expiresInDays, looks }) => {
      id += 1;
      const policy = policySchema.parse({ warningDays, rules: {} });
      const [stored] = await office.database.selectFrom("policies").select("version").execute();
      const change = { seen: stored?.version ?? 0, by: "Ada", at: office.inDays(0) };
      expect(await savePolicy(office.database, office.key, policy, change)).toBe(true);
      const expiresAt = office.inDays(expiresInDays);
      await office.accounts([{ id, expiresAt }]);
      const channel = await office.channel({ kind: "webhook", name: `Run ${id}`, url: office.receiver.url, hour: 9 });
      const momentOf = ({ deadline, days }: { deadline: string; days: number }) =>
        Date.parse(expiresAt) - (days + (deadline === "expiry" ? 0 : 21)) * DAY;
      let clock = office.now().getTime();
      for (const { move, dies } of looks) {
        clock += move;
        const app = { ...office.app, now: () => new Date(clock) };
        let statements = 0;
        const before = () => {
          statements += 1;
          if (dies > 0 && statements >= dies) throw new Error("died");
        };
        await office.plan({ ...app, database: watchedDatabase(office.database, { before }) }).catch(() => undefined);
      }
      // The process that comes next, once the lease of a dead one has run out.
      clock += 121_000;
      await office.plan({ ...office.app, now: () => new Date(clock) });
      const marks = (await office.marks()).filter(({ channel_id }) => channel_id === channel.id);
      const told = marks.filter(({ state }) => state === "told");
      const messages = (await office.messages()).filter(({ channel_id }) => channel_id === channel.id);
      expect(messages.map((message) => message.id).toSorted()).toEqual(
        told.map(({ notification_id }) => notification_id ?? "").toSorted(),
      );
      const latest = Math.max(...told.map(momentOf));
      for (const deadline of ["expiry", "start_rotation"]) {
        for (const days of warningDays) {
          if (momentOf({ deadline, days }) <= clock)
            expect(latest).toBeGreaterThanOrEqual(momentOf({ deadline, days }));
        }
      }
      await office.database.deleteFrom("notification_channels").where("id", "=", channel.id).execute();
    }),
    { numRuns: 25 },
  );
}, 120_000);
