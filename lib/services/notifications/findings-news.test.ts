import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import type { RuleId, Severity } from "@/lib/domain/policy";
import { severityRank } from "@/lib/domain/severity";
import { openPostOffice, type PostOffice } from "./testing/open-post-office";

let office: PostOffice;
beforeEach(async () => {
  office = await openPostOffice();
  await office.accounts([
    { id: 1, expiresAt: null },
    { id: 2, expiresAt: null },
  ]);
});
afterEach(() => office.stop());

const found = (accountId: number, rule: RuleId, severity: Severity) =>
  office.database
    .insertInto("findings")
    .values({
      organization_key: office.key,
      account_id: accountId,
      rule,
      severity_rank: severityRank(severity),
      sentence: "It departs from the policy <!channel>.",
      fix: "Mend it.",
      since: office.now().toISOString(),
    })
    .execute();
const after = async (hours: number) => {
  await office.advance(hours * 3_600);
  await office.plan();
  await office.send();
};
const bodySchema = z.object({
  type: z.literal("service_account.finding"),
  data: z.object({ total: z.number(), findings: z.array(z.object({ accountId: z.number(), rule: z.string() })) }),
});
const told = () =>
  office.receiver.received.map(({ body }) =>
    bodySchema.parse(JSON.parse(body)).data.findings.map(({ accountId, rule }) => `${accountId} ${rule}`),
  );
const webhook = (more = {}) => ({ kind: "webhook", name: "On call", url: office.receiver.url, hour: 9, ...more });

test("new findings are told once, together, at the channel's next hour", async () => {
  await found(1, "no_project", "critical");
  await office.advance(60);
  await office.channel(webhook({ severities: ["critical", "warning"] }));
  await office.advance(60);
  await found(1, "expiry_required", "critical");
  await found(2, "rotation_age", "warning");
  await found(2, "never_used", "notice");
  await found(2, "expires_soon", "critical");
  // It is noon: the next nine o'clock is 21 hours away.
  await after(20.9);
  expect(told()).toEqual([]);
  await after(0.2);
  expect(told()).toEqual([["1 expiry_required", "2 rotation_age"]]);
  await after(24);
  expect(told()).toHaveLength(1);
});

test("one that goes and comes back is told again, one that is accepted is not, and a channel may leave them out", async () => {
  await office.channel(webhook());
  await office.channel(webhook({ name: "Expiries only", findings: false }));
  await office.advance(60);
  await found(1, "expiry_required", "critical");
  await found(2, "expiry_required", "critical");
  await office.database
    .insertInto("finding_acceptances")
    .values({
      ...{ organization_key: office.key, account_id: 2, rule: "expiry_required", severity_rank: 2, reason: "known" },
      ...{ accepted_by: "a", accepted_by_name: "Ada", accepted_at: office.inDays(0), until: office.inDays(90) },
    })
    .execute();
  await after(24);
  await office.database.deleteFrom("findings").where("account_id", "=", 1).execute();
  await found(1, "expiry_required", "critical");
  await after(24);
  expect(told()).toEqual([["1 expiry_required"], ["1 expiry_required"]]);
});

test("by mail they say what to do, to the account's contact", async () => {
  await office.channel({ kind: "mail", name: "Owners", mail: { addresses: ["platform@example.com"] }, hour: 9 });
  await office.annotate(1, { contact: "rosa@example.com" });
  await office.advance(60);
  await found(1, "expiry_required", "critical");
  await after(24);
  const [mail] = office.mail.received;
  expect(mail?.to).toEqual(["rosa@example.com"]);
  expect(mail?.mail.subject).toBe("Keywarden: job-1 (Larkfield Retail): It departs from the policy <!channel>.");
  expect(mail?.mail.text).toContain("What to do: Mend it.");
  expect(mail?.mail.text).toContain("/findings");
});
