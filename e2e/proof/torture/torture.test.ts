import { expect, test } from "vitest";
import { isSpotless, runTorture } from "./run-torture";

test("a short torture: killed three times at every step, raced and repeated, nothing is lost or done twice", async () => {
  const options = { rounds: 3, perKill: 3, anywhere: 0, pairs: 18, keys: 3, hurried: true };
  const databaseUrl = process.env.TEST_DATABASE_URL;
  const score = await runTorture({ ...options, ...(databaseUrl ? { databaseUrl } : {}) }, () => undefined);
  expect(score).toMatchObject({
    duplicates: 0,
    lostEvents: 0,
    stuck: 0,
    canaryHits: 0,
    brokenChain: null,
    examples: [],
  });
  expect(score.kills).toBe(7);
  expect(isSpotless(score)).toBe(true);
}, 180_000);
