import { expect, test } from "vitest";
import { killRotations } from "./rotation-kills";

test("a short torture: a process killed in the middle of starting and of finishing a rotation", async () => {
  const databaseUrl = process.env.TEST_DATABASE_URL;
  const acts = ["start", "finish"] as const;
  const points = ["in_flight", "after_answer", "account_rotation_issued", "account_rotation_deleted"] as const;
  const score = await killRotations({ rounds: 1, acts, points, ...(databaseUrl ? { databaseUrl } : {}) });
  expect(score).toMatchObject({
    duplicates: [],
    lostEvents: [],
    stuck: [],
    canaryHits: [],
    brokenChain: null,
    unresumed: [],
    wrongAccess: [],
    orphans: [],
    kills: 6,
  });
  expect(score.ledgerEntries).toBeLessThanOrEqual(score.intended);
}, 180_000);
