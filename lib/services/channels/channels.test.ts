import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { channelChangeSchema } from "@/lib/domain/notification-channel";
import { openPostOffice, type PostOffice } from "@/lib/services/notifications/testing/open-post-office";
import { listAllEvents } from "@/lib/services/sessions/testing/list-all-events";
import { failureOf } from "@/lib/services/testing/failure-of";
import { administrator, manager } from "@/lib/services/testing/stage";
import { changeChannel } from "./change-channel";
import { listChannels } from "./list-channels";
import { listDeliveries } from "./list-deliveries";
import { removeChannel } from "./remove-channel";
import { retryDelivery } from "./retry-delivery";
import { openTarget } from "./sealed-target";
import { testChannel } from "./test-channel";

let office: PostOffice;
beforeEach(async () => {
  office = await openPostOffice();
});
afterEach(() => office.stop());

const webhook = () => ({ kind: "webhook", name: "On call", url: office.receiver.url, hour: 0 });
const context = () => office.as(administrator);
const change = (id: string, input: object) =>
  changeChannel({ context: context(), id, input: channelChangeSchema.parse(input), idempotencyKey: office.newKey() });
const rowOf = () => office.database.selectFrom("notification_channels").selectAll().executeTakeFirstOrThrow();

test("address and secret stand sealed, and in no answer, event or log line", async () => {
  const { id, secret } = await office.channel(webhook());
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  office.receiver.state.answer = 500;
  await testChannel({ context: context(), id });
  const answers = [await listChannels({ context: context() }), await change(id, { kind: "webhook", name: "Other" })];
  const events = await listAllEvents(office.database);
  const everything = JSON.stringify([answers, events, office.log, await rowOf()]);
  for (const hidden of [secret, "hidden-part-of-the-address"]) expect(everything).not.toContain(hidden);
  expect(await openTarget(office.app, await rowOf())).toEqual({ url: office.receiver.url, secret });
  expect(events.map(({ action, outcome }) => `${action} ${outcome}`).slice(-4)).toEqual([
    "channel.add succeeded",
    "channel.test intended",
    "channel.test failed",
    "channel.change succeeded",
  ]);
});

test("a new secret signs from then on; an address that is left out stays", async () => {
  const { id, secret } = await office.channel(webhook());
  const renewed = await change(id, { kind: "webhook", name: "On call", renewSecret: true });
  expect(renewed.secret).toMatch(/^whsec_/);
  expect(renewed.secret).not.toBe(secret);
  expect(await openTarget(office.app, await rowOf())).toEqual({ url: office.receiver.url, secret: renewed.secret });
});

test.each([
  ...[
    "http://alerts.example.com/",
    "https://10.0.0.7/hook",
    "https://[::ffff:169.254.169.254]/",
    "https://a.example:8443/",
  ],
])("an address inside is refused when it is given: %s", async (url) => {
  expect(await failureOf(office.channel({ ...webhook(), url }))).toMatchObject({
    code: "bad_request",
    details: { fields: { url: expect.any(String) } },
  });
});

test("managers read, administrators change", async () => {
  const { id } = await office.channel(webhook());
  const asManager = office.as(manager);
  expect((await listChannels({ context: asManager })).channels).toHaveLength(1);
  for (const attempt of [
    () => removeChannel({ context: asManager, id }),
    () => testChannel({ context: asManager, id }),
    () => retryDelivery({ context: asManager, id }),
  ]) {
    expect(await failureOf(attempt())).toMatchObject({ code: "not_permitted" });
  }
});

describe("a test message", () => {
  test("is signed and says who sent it", async () => {
    const { id } = await office.channel(webhook());
    expect(await testChannel({ context: context(), id })).toMatchObject({ delivered: true });
    const [message] = office.receiver.received;
    expect(JSON.parse(message?.body ?? "")).toMatchObject({ type: "test", data: { sentBy: "Ada" } });
  });

  test("says in words what went wrong", async () => {
    const mail = { addresses: ["refused@example.com", "good@example.com"] };
    const { id } = await office.channel({ kind: "mail", name: "Mail", mail });
    const result = await testChannel({ context: context(), id });
    expect(result).toEqual({
      delivered: false,
      message: "Nothing arrived, or not everywhere. refused@example.com: The mail server refused the address (550).",
    });
    expect(office.mail.received.map(({ to }) => to)).toEqual([["good@example.com"]]);
  });
});

test("deliveries are listed, and one that waits is tried again at once when asked", async () => {
  const { id } = await office.channel(webhook());
  await office.accounts([{ id: 1, expiresAt: office.inDays(5) }]);
  await office.plan();
  office.receiver.state.answer = 503;
  await office.send();
  const list = async () => (await listDeliveries({ context: context(), id, page: { page: 1, size: 20 } })).rows[0];
  expect(await list()).toMatchObject({ state: "waiting", attempts: 1, lastError: "It answered with status 503." });
  office.receiver.state.answer = 204;
  await retryDelivery({ context: context(), id: (await list())?.id ?? "" });
  expect(await office.send()).toBe(1);
  expect(await list()).toMatchObject({ state: "delivered", attempts: 2, lastError: null });
  expect(await failureOf(retryDelivery({ context: context(), id: (await list())?.id ?? "" }))).toMatchObject({
    details: { reason: "This message has arrived." },
  });
});

test("removing a channel forgets its address, its messages and its marks", async () => {
  const { id } = await office.channel(webhook());
  await office.accounts([{ id: 1, expiresAt: office.inDays(5) }]);
  await office.plan();
  await removeChannel({ context: context(), id });
  expect([await office.messages(), await office.marks()]).toEqual([[], []]);
  expect((await listChannels({ context: context() })).channels).toEqual([]);
});
