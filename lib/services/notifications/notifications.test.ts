import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { openPostOffice, type PostOffice } from "./testing/open-post-office";
import type { Received } from "./testing/receivers";

let office: PostOffice;
beforeEach(async () => {
  office = await openPostOffice();
});
afterEach(() => office.stop());

const webhook = (more = {}) => ({ kind: "webhook", name: "On call", url: office.receiver.url, hour: 0, ...more });
const bodySchema = z.object({
  type: z.string(),
  data: z.object({ warnings: z.array(z.looseObject({ name: z.string(), deadline: z.string(), days: z.number() })) }),
});
const namesIn = ({ body }: Received) => bodySchema.parse(JSON.parse(body)).data.warnings.map(({ name }) => name);

/** By the specification alone, without the library that signed. */
function isSigned({ headers, body }: Received, secret: string): boolean {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const content = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  return headers["webhook-signature"] === `v1,${createHmac("sha256", key).update(content).digest("base64")}`;
}

describe("a webhook", () => {
  test("gets one signed message about all that is due, and after that nothing", async () => {
    const { secret } = await office.channel(webhook());
    await office.accounts([
      { id: 1, expiresAt: office.inDays(20) },
      { id: 2, expiresAt: office.inDays(5) },
      { id: 3, expiresAt: office.inDays(300) },
      { id: 4, expiresAt: null },
    ]);
    expect([await office.plan(), await office.send()]).toEqual([1, 1]);
    const [message] = office.receiver.received;
    if (!message) throw new Error("Nothing arrived.");
    expect(isSigned(message, secret)).toBe(true);
    expect(isSigned({ ...message, body: message.body.replace("job-1", "job-9") }, secret)).toBe(false);
    expect(namesIn(message)).toEqual(["job-1", "job-2"]);
    expect(message.headers["webhook-id"]).toBe((await office.messages())[0]?.id);
    expect([await office.plan(), await office.send()]).toEqual([0, 0]);
    expect(office.receiver.received).toHaveLength(1);
  });

  test("is quiet about what had expired before it was made, and about other severities and owners", async () => {
    await office.channel(webhook({ severities: ["critical"], owners: ["Data team"], tags: ["vendor"] }));
    await office.accounts([
      { id: 1, expiresAt: office.inDays(-1) },
      { id: 2, expiresAt: office.inDays(5) },
      { id: 3, expiresAt: office.inDays(5) },
      { id: 4, expiresAt: office.inDays(5) },
      { id: 5, expiresAt: office.inDays(85) },
    ]);
    await office.annotate(3, { owner: "Data team" });
    await office.annotate(4, { tags: ["vendor"] });
    await office.annotate(5, { owner: "Data team" });
    await office.plan();
    await office.send();
    expect(office.receiver.received.map(namesIn)).toEqual([["job-3", "job-4"]]);
  });

  test("singly when it is asked for, and not at all while it is off", async () => {
    await office.channel(webhook({ delivery: "single" }));
    await office.channel(webhook({ name: "Off", enabled: false }));
    await office.accounts([
      { id: 1, expiresAt: office.inDays(5) },
      { id: 2, expiresAt: office.inDays(6) },
    ]);
    expect([await office.plan(), await office.send()]).toEqual([2, 2]);
    expect(office.receiver.received.flatMap(namesIn).toSorted()).toEqual(["job-1", "job-2"]);
  });
});

test("each threshold comes at the owner's hour, once, and an expiry that is moved begins anew", async () => {
  await office.channel(webhook({ hour: 9, severities: ["critical"] }));
  await office.annotate(1, { timeZone: "America/New_York", leadTimeDays: 0 });
  // 23 November 12:00 is the start; 09:00 in New York is 14:00 UTC.
  await office.accounts([{ id: 1, expiresAt: office.inDays(8) }]);
  const arrived = async (hours: number) => {
    await office.advance(hours * 3_600);
    await office.plan();
    await office.send();
    return office.receiver.received.length;
  };
  // Its rotation has to start in a day, and tomorrow at noon it is 7 days before its expiry.
  expect(await arrived(0)).toBe(1);
  expect(await arrived(1.9)).toBe(1);
  expect(await arrived(0.2)).toBe(2);
  const counts = [];
  for (let day = 0; day < 9; day += 1) counts.push(await arrived(24));
  expect(counts).toEqual([2, 2, 2, 2, 2, 3, 3, 3, 3]);
  await office.accounts([{ id: 1, expiresAt: office.inDays(16) }]);
  expect(await arrived(0)).toBe(4);
}, 20_000);

describe("mail", () => {
  const channel = { kind: "mail", name: "Owners", mail: { addresses: ["platform@example.com"] }, hour: 0 };

  test("goes to the recorded contact, or else to the channel's address, and says all that is needed", async () => {
    await office.channel(channel);
    await office.accounts([
      { id: 1, expiresAt: office.inDays(6), lastUsedAt: office.inDays(-2) },
      { id: 2, expiresAt: office.inDays(6) },
    ]);
    await office.annotate(1, { contact: "rosa@example.com", purpose: "Nightly export", owner: "Rosa" });
    expect([await office.plan(), await office.send()]).toEqual([2, 2]);
    const [toRosa, toAll] = ["rosa@example.com", "platform@example.com"].map((address) =>
      office.mail.received.find(({ to }) => to.includes(address)),
    );
    const text = toRosa?.mail.text ?? "";
    expect(toRosa?.mail.subject).toBe("Keywarden: job-1 (Larkfield Retail): expires 2026-11-29");
    for (const part of [
      ...["job-1.95a0b8.mp-service-account", "Nightly export", "21 Nov 2026, 12:00 UTC", "29 Nov 2026, 12:00 UTC"],
      ...["8 Nov 2026", "http://127.0.0.1:3000/organizations/", "service-accounts/1", "as the contact"],
    ]) {
      expect(text).toContain(part);
    }
    expect(text.match(/https?:/g)).toHaveLength(1);
    expect(toAll?.mail.text).toContain('through the channel "Owners"');
    expect(toRosa?.mail.messageId).toMatch(/^<[0-9a-f-]{36}@127\.0\.0\.1>$/);
  });

  test("an address that is refused holds up no other", async () => {
    await office.channel({ ...channel, delivery: "single" });
    await office.accounts([
      { id: 1, expiresAt: office.inDays(5) },
      { id: 2, expiresAt: office.inDays(6) },
    ]);
    await office.annotate(1, { contact: "refused@example.com" });
    await office.plan();
    expect(await office.send()).toBe(1);
    const refused = (await office.messages()).find(({ state }) => state === "waiting");
    expect(refused).toMatchObject({ recipient: "refused@example.com", attempts: 1 });
    expect(refused?.last_error).toContain("refused the address (550)");
    const [row] = await office.database.selectFrom("notification_channels").selectAll().execute();
    expect(row?.failing_since).toBeNull();
  });
});
