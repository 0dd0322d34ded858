import { describe, expect, it } from "vitest";
import { replacementName } from "./replacement-name";
import { knownOrganizationRole, roleAbove, splitCopyable } from "./replacement-plan";
import { cancelUndoes, phaseOf, type RotationStanding, rotationCan } from "./rotation";
import { evidenceOf, othersUse, overlapEnd, type RotationFacts } from "./rotation-evidence";
import { at, facts } from "./testing/rotation-facts";
import { epochDay } from "./usage-history";

const NOW = new Date(at("20"));
const standing = (more: Partial<RotationStanding> = {}): RotationStanding => ({
  kind: "planned",
  step: "overlap",
  deleting: false,
  replacementId: 2,
  handedOverAt: at("05"),
  provenAt: at("05"),
  overlapUntil: at("12"),
  quarantinedAt: null,
  endedAt: null,
  ...more,
});
const predecessor = (more: Partial<NonNullable<RotationFacts["predecessor"]>>) => {
  const plain = { lastUsedAt: at("06"), expiresAt: null, history: null, removable: 1 };
  return facts({ predecessor: { ...plain, ...more } });
};
const mayDelete = (rotation: RotationStanding, known: RotationFacts) =>
  rotationCan.delete(rotation, evidenceOf(known), NOW);

describe("what unlocks the deletion", () => {
  it("is a proven replacement in use, an overlap that is over and a silent predecessor, all of them", () => {
    expect(mayDelete(standing(), facts())).toBeNull();
    expect(mayDelete(standing({ provenAt: null, step: "prove" }), facts())).toMatch(/^Nothing has shown/);
    expect(mayDelete(standing({ overlapUntil: at("21") }), facts())).toBe(
      "Both work side by side until 2027-01-21 12:00 UTC.",
    );
    expect(mayDelete(standing(), facts({ replacement: { lastUsedAt: null } }))).toMatch(/not been seen in use/);
    expect(mayDelete(standing(), predecessor({ lastUsedAt: at("14") }))).toMatch(
      /^The predecessor was last used on 2027-01-14 12:00 UTC\. It has to be silent until 2027-01-21 12:00 UTC/,
    );
  });

  it("counts from the last use on, by the predecessor's own rhythm", () => {
    const monthly = [0, 30, 60, 90].map((day) => epochDay("2026-10-01T00:00:00Z") + day);
    const rhythm = evidenceOf(predecessor({ history: { since: monthly[0] ?? 0, days: monthly } }));
    expect(rhythm).toMatchObject({ silentAfterDays: 46, byRhythm: true, silent: false });
    expect(evidenceOf(facts())).toMatchObject({ silentAfterDays: 7, byRhythm: false, quietUntil: at("13") });
  });

  it("begins no earlier than the hand-over, and anew when memberships were given back", () => {
    expect(evidenceOf(facts({ handedOverAt: at("10") })).quietUntil).toBe(at("17"));
    expect(evidenceOf(facts({ restoredAt: at("15") })).quietUntil).toBe("2027-01-22T12:00:00.000Z");
    expect(evidenceOf(facts({ handedOverAt: null }))).toMatchObject({ quietSince: null, silent: false });
  });

  it("is nothing that was not looked at", () => {
    expect(evidenceOf(facts({ seenAt: at("12") })).silent).toBe(false);
    expect(evidenceOf(facts({ seenAt: null })).silent).toBe(false);
    expect(mayDelete(standing(), facts({ seenAt: null }))).toMatch(/; Mixpanel was last read never\.$/);
    expect(mayDelete(standing(), facts({ handedOverAt: null }))).toBe("The predecessor is not being watched yet.");
  });

  it("asks no silence of an account that has expired, but a proof all the same", () => {
    const expired = predecessor({ lastUsedAt: at("19"), expiresAt: at("19") });
    expect(mayDelete(standing(), expired)).toBeNull();
    expect(mayDelete(standing({ provenAt: null, step: "prove" }), expired)).toMatch(/^Nothing has shown/);
  });
});

it("does not take the console's own trial for a use", () => {
  expect(othersUse(at("10"), at("10"))).toBeNull();
  expect(othersUse(at("10"), null)).toBe(at("10"));
  expect(othersUse(at("11"), at("10"))).toBe(at("11"));
});

describe("the other steps", () => {
  it("turn an overlap into watching, by the clock alone", () => {
    expect(phaseOf(standing({ overlapUntil: at("21") }), NOW)).toBe("overlap");
    expect(phaseOf(standing(), NOW)).toBe("watch");
    expect(phaseOf(standing({ endedAt: at("19") }), NOW)).toBe("ended");
  });

  it("let quarantine in once the overlap is over and something can be taken away", () => {
    expect(rotationCan.quarantine(standing(), evidenceOf(facts()), NOW)).toBeNull();
    expect(rotationCan.quarantine(standing({ step: "prove" }), evidenceOf(facts()), NOW)).toMatch(
      /^The replacement has/,
    );
    expect(rotationCan.quarantine(standing(), evidenceOf(predecessor({ removable: 0 })), NOW)).toMatch(
      /^It holds nothing/,
    );
  });

  it("take nothing away from what is gone", () => {
    const gone = evidenceOf(facts({ predecessor: null }));
    expect(rotationCan.quarantine(standing(), gone, NOW)).toBe("The predecessor is gone.");
    expect(mayDelete(standing(), facts({ predecessor: null }))).toBeNull();
  });

  it("wait for who is cancelling, except giving back what was taken away", () => {
    const cancelling = standing({ step: "cancelling", quarantinedAt: at("15") });
    for (const action of ["issue", "reissue", "handOver", "quarantine", "delete", "override", "keep"] as const) {
      expect(rotationCan[action](cancelling, evidenceOf(facts()), NOW)).toBe("This rotation is being cancelled.");
    }
    expect(rotationCan.restore(cancelling, evidenceOf(facts()), NOW)).toBeNull();
    expect(rotationCan.cancel(cancelling, evidenceOf(facts()), NOW)).toBeNull();
  });

  it("keep everybody out while the deletion is under way and after the end", () => {
    for (const rotation of [standing({ deleting: true }), standing({ endedAt: at("19") })]) {
      for (const action of ["reissue", "handOver", "quarantine", "restore", "keep", "cancel"] as const) {
        expect(rotationCan[action](rotation, evidenceOf(facts()), NOW)).not.toBeNull();
      }
    }
    expect(rotationCan.override(standing({ deleting: true }), evidenceOf(facts()), NOW)).toBeNull();
  });

  it("say what cancelling undoes", () => {
    const issued = { ...standing({ step: "hand_over", handedOverAt: null, provenAt: null }), issuing: true };
    expect(cancelUndoes(issued, { replacementUsedAt: null })).toEqual({ replacement: "deleted", memberships: false });
    expect(cancelUndoes(issued, { replacementUsedAt: at("10") }).replacement).toBe("kept");
    expect(cancelUndoes({ ...standing(), issuing: true }, { replacementUsedAt: null }).replacement).toBe("kept");
    expect(cancelUndoes({ ...issued, replacementId: null, issuing: false }, { replacementUsedAt: null })).toEqual({
      replacement: "none",
      memberships: false,
    });
  });
});

it("ends an overlap with the predecessor at the latest", () => {
  expect(overlapEnd(at("01"), 7, null)).toBe(at("08"));
  expect(overlapEnd(at("01"), 7, at("05"))).toBe(at("05"));
});

describe("the replacement's plan", () => {
  it("names it by the rule, puts a new time in the place of an old one, and never twice", () => {
    expect(replacementName("export.a1b2c3.mp-service-account", "2027-02")).toBe("export-2027-02");
    expect(replacementName("export-2026-11", "2027-02")).toBe("export-2027-02");
    expect(replacementName("export-2026-11-2", "2027-02")).toBe("export-2027-02");
    const taken = new Set(["export-2027-02", "export-2027-02-2"]);
    expect(replacementName("export", "2027-02", taken)).toBe("export-2027-02-3");
    expect(replacementName("ünï cödé", "2027-02")).toBe("n-c-d-2027-02");
    expect(replacementName("x".repeat(90), "2027-02")).toHaveLength(64);
    expect(replacementName("輸出", "2027-02")).toBe("keywarden-2027-02");
  });

  it("copies individual grants of roles that may be written, and names the rest", () => {
    const held = (role: string, grant: string) => ({ projectId: 1, projectName: "Web", role, grant });
    const split = splitCopyable([held("analyst", "individual"), held("Custom", "individual"), held("admin", "team")]);
    expect(split.projects).toEqual([{ id: 1, name: "Web", role: "analyst" }]);
    expect(split.notCopyable.map(({ role }) => role)).toEqual(["Custom", "admin"]);
  });

  it("knows the organization role where it was given here or shows in a grant", () => {
    const organization = { role: "admin", grant: "organization" };
    expect(knownOrganizationRole("analyst", [])).toBe("analyst");
    expect(knownOrganizationRole(null, [organization])).toBe("admin");
    expect(knownOrganizationRole(null, [{ role: "analyst", grant: "individual" }])).toBeNull();
  });

  it("is not for whoever may not touch a role in it", () => {
    const plan = { role: "consumer" as const, expiresAt: at("20"), projects: [], notCopyable: [] };
    expect(roleAbove(plan, "manager")).toBeNull();
    expect(roleAbove({ ...plan, role: "admin" }, "manager")).toBe("admin");
    const team = [{ projectId: 1, projectName: "Web", role: "owner", grant: "team" }];
    expect(roleAbove({ ...plan, notCopyable: team }, "manager")).toBe("owner");
    expect(roleAbove({ ...plan, notCopyable: team }, "administrator")).toBeNull();
  });
});
