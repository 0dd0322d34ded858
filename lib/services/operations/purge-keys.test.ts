import { afterEach, beforeEach, expect, it } from "vitest";
import { createServiceAccount } from "@/lib/services/service-accounts/create";
import { failureOf } from "@/lib/services/testing/failure-of";
import { manager, openStage, type Stage } from "@/lib/services/testing/stage";
import { KEYS_KEPT_MS, purgeKeys } from "./purge-keys";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

const days = (count: number) => count * 24 * 60 * 60;
const create = (name: string, key: string) =>
  createServiceAccount({
    context: stage.as(manager),
    input: { name, purpose: "", role: "consumer", expiresAt: null, neverReason: "a test", projects: [] },
    idempotencyKey: key,
  });
const keys = async () =>
  (await stage.database.selectFrom("idempotency_keys").select("key").orderBy("key").execute()).map(({ key }) => key);

it("keeps a key for thirty days, in which a repeat makes nothing new, and forgets it then", async () => {
  expect(KEYS_KEPT_MS).toBe(days(30) * 1_000);
  const [old, recent] = ["old-request-key", "recent-request-key"];
  await create("old", old);
  await stage.advance(days(29));
  await create("recent", recent);
  expect(await purgeKeys(stage.app)).toBe(0);
  await create("old", old);
  expect(await stage.control.ledger()).toHaveLength(2);
  await stage.advance(days(2));
  expect(await purgeKeys(stage.app)).toBe(1);
  expect(await keys()).toEqual([recent]);
  expect(await purgeKeys(stage.app)).toBe(0);
});

it("keeps the key of a request in doubt, however old: its repeat must never be a second change", async () => {
  const key = "doubtful-request-key";
  await stage.control.fault({ method: "POST", fault: { kind: "reset-after-commit" } });
  await stage.control.fault({ method: "GET", fault: { kind: "status", status: 500 } });
  expect(await failureOf(create("doubtful", key))).toMatchObject({ code: "outcome_unknown" });
  await stage.advance(days(365));
  expect(await purgeKeys(stage.app)).toBe(0);
  expect(await failureOf(create("doubtful", key))).toMatchObject({ code: "outcome_unknown" });
  expect(await stage.control.ledger()).toHaveLength(1);
});
