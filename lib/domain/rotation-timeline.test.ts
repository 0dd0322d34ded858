import { describe, expect, it } from "vitest";
import { rotationActions } from "./rotation";
import { evidenceOf } from "./rotation-evidence";
import { timelineOf } from "./rotation-timeline";
import type { RotationView } from "./rotation-view";
import { at, facts } from "./testing/rotation-facts";

const evidence = evidenceOf(facts());
const nobody = { exists: true, expiresAt: null, lastUsedAt: null };

/** Just written down; each case adds what has happened since. */
const rotation = (more: Partial<RotationView> = {}): RotationView => ({
  id: "r1",
  kind: "planned",
  phase: "issue",
  outcome: null,
  campaignId: null,
  predecessor: { ...nobody, id: 1, username: "export.a1b2c3.mp-service-account", name: "export" },
  replacement: { ...nobody, id: null, username: null, name: "export-2027-01" },
  owner: null,
  contact: null,
  startedBy: "Max",
  startedAt: at("01"),
  issuedBy: null,
  issuedAt: null,
  handOverDue: at("15"),
  handedOverBy: null,
  handedOverAt: null,
  provenAt: null,
  provenHow: null,
  replacementUsedAt: null,
  predecessorUsedAt: null,
  overlapUntil: null,
  quarantinedAt: null,
  restoredAt: null,
  endedBy: null,
  endedAt: null,
  evidence: { ...evidence, quietSince: null, quietUntil: null, silent: false },
  can: Object.fromEntries(rotationActions.map((action) => [action, null])) as RotationView["can"],
  undoes: { replacement: "none", memberships: false },
  problem: null,
  secret: null,
  next: { text: "", who: null, due: null },
  ...more,
});
const username = "export-2027-01.d4e5f6.mp-service-account";
const issued = {
  issuedAt: at("02"),
  issuedBy: "Max",
  replacement: { ...nobody, id: 2, username, name: "export-2027-01" },
};
const handedOver = { ...issued, handedOverAt: at("05"), handedOverBy: "Ada" };
const proven = { ...handedOver, provenAt: at("06"), provenHow: "used", overlapUntil: at("13") } as const;
const states = (view: RotationView) => timelineOf(view).map(({ id, state }) => `${id} ${state}`);
const step = (view: RotationView, id: string) => timelineOf(view).find((entry) => entry.id === id);

describe("the timeline of a planned rotation", () => {
  it("says what is done, what is next and what comes later", () => {
    expect(states(rotation())).toEqual([
      "start done",
      "issue current",
      "hand_over later",
      "prove later",
      "overlap later",
      "watch later",
      "delete later",
    ]);
    expect(states(rotation({ ...proven, phase: "overlap", evidence }))).toEqual([
      "start done",
      "issue done",
      "hand_over done",
      "prove done",
      "overlap current",
      "watch later",
      "delete later",
    ]);
  });

  it("shows who did a step and when, and until when the next ones are due", () => {
    const view = rotation({ ...handedOver, phase: "prove" });
    expect(step(view, "start")).toMatchObject({
      at: at("01"),
      by: "Max",
      text: "export is to be replaced by export-2027-01.",
    });
    expect(step(view, "issue")).toMatchObject({ at: at("02"), by: "Max", text: `${username} was created.`, due: null });
    expect(step(view, "hand_over")).toMatchObject({ at: at("05"), by: "Ada", text: "The new secret is in its place." });
    expect(step(view, "prove")).toMatchObject({ state: "current", at: null, by: null, due: at("15") });
    expect(step(rotation(), "hand_over")).toMatchObject({
      due: at("15"),
      text: expect.stringMatching(/^The secret of/),
    });
  });

  it("takes nothing for issued that is being issued again", () => {
    expect(step(rotation({ ...issued, phase: "issue" }), "issue")).toMatchObject({
      state: "current",
      text: "export-2027-01 is created at Mixpanel.",
    });
  });

  it("tells a trial from a use, and a hand-over from a use that nobody spoke of", () => {
    expect(step(rotation({ ...proven, phase: "overlap" }), "prove")?.text).toBe("Mixpanel tells a use of it.");
    const tried = rotation({ ...proven, provenHow: "tried", handedOverBy: null, phase: "overlap" });
    expect(step(tried, "prove")?.text).toBe("Keywarden signed in with it.");
    expect(step(tried, "hand_over")?.text).toBe("The new secret was seen in use before anybody said so.");
  });

  it("dates the overlap by when it ends, then by when it ended", () => {
    expect(step(rotation({ ...proven, phase: "overlap" }), "overlap")).toMatchObject({ due: at("13"), at: null });
    expect(step(rotation({ ...proven, phase: "watch" }), "overlap")).toMatchObject({ due: null, at: at("13") });
  });

  it("waits for silence, by how many days and by whose rhythm", () => {
    const waiting = { ...evidence, silent: false, quietUntil: at("21") };
    const watch = rotation({ ...proven, phase: "watch", evidence: waiting });
    expect(states(watch).slice(4)).toEqual(["overlap done", "watch current", "delete current"]);
    expect(step(watch, "watch")).toMatchObject({
      due: at("21"),
      at: null,
      text: "export has to be silent for 7 days.",
    });
    const again = { ...waiting, byRhythm: true, silentAfterDays: 46 };
    expect(step(rotation({ ...watch, predecessorUsedAt: at("14"), evidence: again }), "watch")).toMatchObject({
      at: at("14"),
      text: "It was used again after the hand-over, so the quiet period began anew. export has to be silent for 46 days, by its own rhythm.",
    });
  });

  it("has watched when the predecessor is silent, and quarantine is a step only where it was taken", () => {
    const silent = rotation({ ...proven, phase: "watch", evidence, predecessorUsedAt: at("06") });
    expect(step(silent, "watch")).toMatchObject({ state: "done", at: evidence.quietUntil });
    const quarantined = rotation({ ...silent, phase: "quarantine", quarantinedAt: at("20") });
    expect(states(quarantined).slice(4)).toEqual(["overlap done", "watch done", "quarantine done", "delete current"]);
    expect(step(quarantined, "quarantine")).toMatchObject({ at: at("20") });
  });
});

describe("the timeline of a leak", () => {
  const leak = { kind: "leak", phase: "revoke", handOverDue: at("01") } as const;

  it("begins with revoking and ends with the proof", () => {
    expect(timelineOf(rotation(leak))[0]?.title).toBe("Leak reported");
    expect(states(rotation(leak))).toEqual([
      "start done",
      "revoke current",
      "issue later",
      "hand_over later",
      "prove later",
    ]);
    expect(step(rotation(leak), "revoke")?.text).toBe("It is deleted first.");
  });

  it("says what the secret is worth once it is revoked", () => {
    expect(step(rotation({ ...leak, phase: "issue" }), "revoke")).toMatchObject({
      state: "done",
      text: "export.a1b2c3.mp-service-account was deleted; its secret is worth nothing.",
    });
  });
});

describe("the end", () => {
  const ended = { phase: "ended", endedAt: at("20"), endedBy: "Ada" } as const;

  it("leaves out what was not reached", () => {
    const cancelled = rotation({
      ...issued,
      ...ended,
      outcome: "cancelled",
      evidence: null,
      replacement: { ...nobody, exists: false, id: null, username: null, name: "export-2027-01" },
    });
    expect(states(cancelled)).toEqual(["start done", "issue done", "end done"]);
    expect(step(cancelled, "issue")?.text).toBe("export-2027-01 was created.");
    expect(step(cancelled, "end")).toMatchObject({
      at: at("20"),
      by: "Ada",
      text: "Cancelled: export goes on as before. There is no replacement any more.",
    });
  });

  it("keeps an overlap that was begun", () => {
    const kept = rotation({ ...proven, ...ended, outcome: "predecessor_kept" });
    expect(states(kept)).toEqual([
      "start done",
      "issue done",
      "hand_over done",
      "prove done",
      "overlap done",
      "end done",
    ]);
    expect(step(kept, "end")?.text).toBe("Both accounts stay.");
  });

  it("says what became of the two accounts", () => {
    const text = (outcome: RotationView["outcome"]) => step(rotation({ ...proven, ...ended, outcome }), "end")?.text;
    expect(text("predecessor_deleted")).toBe("export is deleted, export-2027-01 has taken its place.");
    expect(text("cancelled")).toBe("Cancelled: export goes on as before. export-2027-01 stays.");
    expect(text(null)).toBe("Ended.");
  });
});
