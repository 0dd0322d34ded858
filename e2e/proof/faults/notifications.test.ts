import { setTimeout as wait } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { channelSavedSchema, channelsAnswerSchema } from "@/lib/domain/notification-channel";
import { api } from "@/lib/paths/paths";
import { type Received, startReceiver } from "@/lib/services/notifications/testing/receivers";
import { created, standWith } from "./fault-test";

const onPostgresql = Boolean(process.env.TEST_DATABASE_URL);
const receivers = [await startReceiver(), await startReceiver()] as const;
const [first, second] = receivers;
afterAll(() => Promise.all(receivers.map((receiver) => receiver.stop())));

const environment = { KEYWARDEN_WEBHOOK_ALLOWED_HOSTS: receivers.map(({ host }) => host).join(",") };
const warningsSchema = z.object({
  type: z.literal("service_account.warning"),
  data: z.object({
    warnings: z.array(z.looseObject({ accountId: z.number(), deadline: z.string(), days: z.number() })),
  }),
});
/** Which threshold of which account each message told. */
const toldIn = (messages: readonly Received[]) =>
  messages.flatMap(({ body }) =>
    warningsSchema
      .parse(JSON.parse(body))
      .data.warnings.map(({ accountId, deadline, days }) => [accountId, deadline, days].join(" ")),
  );
const idsOf = (messages: readonly Received[]) => messages.map(({ headers }) => headers["webhook-id"]);

async function until(condition: () => Promise<boolean> | boolean, seconds: number): Promise<void> {
  for (let left = seconds; left > 0; left -= 1) {
    if (await condition()) return;
    await wait(1_000);
  }
  throw new Error(`It did not come to pass within ${seconds} seconds.`);
}

const webhook = (name: string, url: string) => ({ kind: "webhook", name, url, hour: 0, delivery: "single" });

describe("F22 a notification target that is down", () => {
  const stand = standWith({ environment });

  test("F22 the other target gets its warnings, changes go on, and each message arrives later under its own id", async () => {
    const { proof, administrator } = stand;
    first.state.answer = 503;
    for (const [name, receiver] of [
      ["Down", first],
      ["Up", second],
    ] as const) {
      const answer = await administrator.post(api.channels(proof.key), webhook(name, receiver.url));
      channelSavedSchema.parse(answer.body);
    }
    await until(() => second.received.length > 0, 90);
    const channels = async () =>
      channelsAnswerSchema.parse((await administrator.get(api.channels(proof.key))).body).channels;
    const down = async () => (await channels()).find(({ name }) => name === "Down");
    await until(async () => (await down())?.failingSince !== null, 60);
    await created(stand, "while-a-target-is-down");
    expect((await channels()).find(({ name }) => name === "Up")?.failingSince).toBeNull();
    const waiting = await proof.database
      .selectFrom("notifications")
      .select("id")
      .where("state", "=", "waiting")
      .execute();
    expect(waiting.length).toBeGreaterThan(0);
    await proof.kill();
    await proof.restart();
    first.state.answer = 204;
    await until(() => first.received.length >= waiting.length, 150);
    await until(async () => (await down())?.failingSince === null, 30);
    expect(new Set(idsOf(first.received))).toEqual(new Set(waiting.map(({ id }) => id)));
    expect(toldIn(first.received).toSorted()).toEqual(toldIn(second.received).toSorted());
  });
});

describe.runIf(onPostgresql)("F21 two consoles on one database", () => {
  const stand = standWith({ environment, replicas: 2 });

  test("F21 both run the clock, and each warning is sent once", async () => {
    const { proof, administrator } = stand;
    const before = second.received.length;
    await administrator.post(api.channels(proof.key), webhook("Both", second.url));
    await until(() => second.received.length > before, 90);
    // Past the next time both of them look.
    await wait(70_000);
    const messages = second.received.slice(before);
    expect(new Set(idsOf(messages)).size).toBe(messages.length);
    const told = toldIn(messages);
    expect(new Set(told).size).toBe(told.length);
  });
});
