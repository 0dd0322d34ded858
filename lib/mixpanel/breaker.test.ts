import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createBreaker } from "./breaker";
import { withheldFailure } from "./failure";
import { UpstreamError } from "./upstream-error";

function failure(transient: boolean) {
  return new UpstreamError("upstream_failed", {}, { sent: "unknown", reference: "r", transient, retryAfterMs: null });
}

describe("breaker", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-07-03T10:00:00Z") });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function start() {
    const breaker = createBreaker(() => new Date());
    let calls = 0;
    const run = (outcome: string | UpstreamError, kind: "read" | "write" = "read") =>
      breaker.run(
        kind,
        async () => {
          calls += 1;
          return outcome;
        },
        (retryAt) => withheldFailure(retryAt, "withheld"),
      );
    const fail = async (times: number, kind: "read" | "write" = "read") => {
      for (let time = 0; time < times; time += 1) await run(failure(true), kind);
    };
    return { breaker, run, fail, calls: () => calls };
  }

  it("opens after five outages in a row and then sends nothing, reads or writes", async () => {
    const { breaker, run, fail, calls } = start();
    await fail(4);
    expect(breaker.state()).toBe("closed");
    expect(breaker.retryAt()).toBeNull();
    await fail(1);
    expect(breaker.state()).toBe("open");
    for (const kind of ["read", "write"] as const) {
      const outcome = await run("fine", kind);
      expect(outcome).toMatchObject({ code: "upstream_failed", sent: "no", reference: "withheld" });
      expect(outcome).toHaveProperty("details.retryAt", "2026-07-03T10:00:30.000Z");
    }
    expect(calls()).toBe(5);
  });

  it("lets one call through after thirty seconds: it decides", async () => {
    const { breaker, run, fail, calls } = start();
    await fail(5);
    vi.setSystemTime(new Date("2026-07-03T10:00:29Z"));
    await run("fine");
    expect(calls()).toBe(5);
    vi.setSystemTime(new Date("2026-07-03T10:00:31Z"));
    await fail(1);
    expect(breaker.state()).toBe("open");
    expect(breaker.retryAt()?.toISOString()).toBe("2026-07-03T10:01:01.000Z");
    vi.setSystemTime(new Date("2026-07-03T10:01:02Z"));
    expect(await run("fine")).toBe("fine");
    expect(breaker.state()).toBe("closed");
  });

  it("is half open while the one call is under way; a write that fails then keeps it open", async () => {
    const { breaker, fail } = start();
    await fail(5);
    vi.setSystemTime(new Date("2026-07-03T10:00:31Z"));
    let finish = (_: UpstreamError) => {};
    const probe = breaker.run(
      "write",
      () => new Promise<UpstreamError>((resolve) => (finish = resolve)),
      (retryAt) => withheldFailure(retryAt, "withheld"),
    );
    expect(breaker.state()).toBe("half_open");
    const lost = failure(true);
    finish(lost);
    expect(await probe).toBe(lost);
    expect(breaker.state()).toBe("open");
  });

  it("does not count clear answers or writes, and a clear answer ends the row", async () => {
    const { breaker, run, fail } = start();
    await fail(9, "write");
    expect(breaker.state()).toBe("closed");
    await fail(4);
    await fail(2, "write");
    await run(failure(false));
    await fail(4);
    expect(breaker.state()).toBe("closed");
    await fail(1);
    expect(breaker.state()).toBe("open");
  });

  it("does not hide a defect of ours", async () => {
    const { breaker } = start();
    const defect = new TypeError("ours");
    const call = breaker.run(
      "read",
      () => Promise.reject(defect),
      (retryAt) => withheldFailure(retryAt, "withheld"),
    );
    await expect(call).rejects.toBe(defect);
  });
});
