import { type APIRequestContext, expect } from "@playwright/test";
import { auditPageSchema, auditVerificationSchema } from "@/lib/domain/audit-event";
import { api } from "@/lib/paths/paths";
import type { Stack } from "./stack";

type Kept = {
  stack: Stack;
  /** Who reads the record: any operator. */
  operator: APIRequestContext;
  key: string;
  /** A name or id by which ledger and record know what was changed. */
  target: string;
  /** What of it the ledger may hold, in order: the methods. */
  ledger: readonly string[];
  /** How each change ended, oldest first; every one of them has its event before. */
  outcomes: readonly string[];
};

/** After every fault: no more changes than intended, both events of each, a record that is whole. */
export async function expectPromises({ stack, operator, key, target, ledger, outcomes }: Kept): Promise<void> {
  const entries = (await stack.simulator.ledger()).filter((entry) => JSON.stringify(entry).includes(target));
  expect(entries.map(({ method }) => method)).toEqual(ledger);

  const search = new URLSearchParams({ search: target, size: "250" });
  const page = auditPageSchema.parse(await (await operator.get(`${api.auditEvents(key)}?${search}`)).json());
  const changes = page.rows
    .filter(({ action }) => action.startsWith("service_account.") || action.startsWith("membership."))
    .toReversed();
  const intended = changes.filter(({ outcome }) => outcome === "intended");
  const ended = changes.filter(({ outcome }) => outcome !== "intended");
  expect(ended.map(({ outcome }) => outcome)).toEqual(outcomes);
  for (const event of ended) {
    const before = intended.find(({ operationId }) => operationId === event.operationId);
    expect(before?.sequence, `the event before ${event.action}`).toBeLessThan(event.sequence);
  }
  const whole = auditVerificationSchema.parse(await (await operator.get(api.auditVerification)).json());
  expect(whole).toMatchObject({ valid: true });
}
