import { describe, expect, it } from "vitest";
import { expiryState, splitUsername, usageState } from "./service-account";

const now = new Date("2026-11-23T12:00:00.000Z");
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString();

describe("username", () => {
  it("splits the name from the suffix Mixpanel adds", () => {
    expect(splitUsername("fn.Generation.95a0b8.mp-service-account")).toEqual({
      name: "fn.Generation",
      suffix: ".95a0b8.mp-service-account",
    });
  });
  it("keeps a username of another form whole", () => {
    expect(splitUsername("legacy@example.com")).toEqual({ name: "legacy@example.com", suffix: "" });
    expect(splitUsername(".95a0b8.mp-service-account").suffix).toBe("");
  });
});

describe("expiry ladder", () => {
  it.each([
    [null, "never"],
    [inDays(-1), "expired"],
    [inDays(0), "expired"],
    [inDays(0.001), "critical"],
    [inDays(7), "critical"],
    [inDays(7.001), "warning"],
    [inDays(30), "warning"],
    [inDays(30.001), "notice"],
    [inDays(90), "notice"],
    [inDays(90.001), "later"],
  ] as const)("%s is %s", (expiresAt, state) => expect(expiryState(expiresAt, now)).toBe(state));
});

describe("usage", () => {
  it.each([
    [null, "never_used"],
    [inDays(-90), "unused_90"],
    [inDays(-89.999), "used"],
    [inDays(1), "used"],
  ] as const)("%s is %s", (lastUsedAt, state) => expect(usageState(lastUsedAt, now)).toBe(state));
});
