import { describe, expect, test } from "vitest";
import type { OrganizationState } from "@/lib/db/organizations";
import { mayRefresh } from "./refresh";
import { significantSkew, toSyncView, upstreamNow } from "./sync-view";

const now = new Date("2030-01-01T12:00:00.000Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000).toISOString();

const idle: OrganizationState = {
  key: "acme",
  mixpanel_id: 1,
  name: "Acme",
  region: "us",
  credential_username: "keywarden",
  credential_role: "owner",
  synced_at: ago(301),
  sync_attempted_at: ago(301),
  sync_running: 0,
  sync_projects_done: 24,
  sync_projects_total: 24,
  sync_problem_code: null,
  sync_problem_reason: null,
  sync_doubt: null,
  sync_retry_at: null,
  reading_ticket: 4,
  clock_skew_ms: null,
  unread_projects: 0,
};

describe("mayRefresh", () => {
  test.each<[string, Partial<OrganizationState>, boolean]>([
    ["older than five minutes", {}, true],
    ["younger than five minutes", { synced_at: ago(299) }, false],
    ["never synced", { synced_at: null, sync_attempted_at: null }, true],
    ["dated tomorrow by a clock that was set back", { synced_at: ago(-86_400) }, true],
    ["tried ten seconds ago", { sync_attempted_at: ago(10) }, false],
    ["tried thirty seconds ago", { sync_attempted_at: ago(30) }, true],
    ["asked to wait", { sync_retry_at: ago(-60) }, false],
    ["waited long enough", { sync_retry_at: ago(0) }, true],
    ["doubted a minute ago", { sync_doubt: "0 accounts, was 87", sync_attempted_at: ago(60) }, false],
    ["doubted five minutes ago", { sync_doubt: "0 accounts, was 87", sync_attempted_at: ago(300) }, true],
  ])("%s: %s", (_case, changes, expected) => {
    expect(mayRefresh({ ...idle, ...changes }, undefined, now)).toBe(expected);
  });

  test("not while a sync runs, but again when its process died and its lease ran out", () => {
    const running = { ...idle, sync_running: 1 };
    expect(mayRefresh(running, ago(-1), now)).toBe(false);
    expect(mayRefresh(running, ago(1), now)).toBe(true);
    expect(mayRefresh(running, undefined, now)).toBe(true);
  });
});

describe("toSyncView", () => {
  test("says what the last attempt failed with and when the next is", () => {
    const failed = {
      ...idle,
      sync_problem_code: "upstream_failed",
      sync_problem_reason: "Oops",
      sync_retry_at: ago(-20),
    };
    expect(toSyncView(failed, undefined, now)).toMatchObject({
      stale: true,
      running: false,
      problem: {
        code: "upstream_failed",
        title: "Mixpanel answered with an error of its own.",
        reason: "Oops",
        at: ago(301),
        retryAt: ago(-20),
      },
    });
  });

  test("a clock two minutes apart is told and becomes the reference, a smaller difference is not", () => {
    expect(significantSkew(120_000)).toBeNull();
    expect(significantSkew(-120_001)).toBe(-120_001);
    expect(upstreamNow(now, 86_400_000).toISOString()).toBe("2030-01-02T12:00:00.000Z");
    expect(upstreamNow(now, 1_000)).toEqual(now);
  });
});
