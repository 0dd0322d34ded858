import { expect, it } from "vitest";
import { evidenceOf } from "./rotation-evidence";
import { nextOf } from "./rotation-next";
import { at, facts } from "./testing/rotation-facts";

const evidence = evidenceOf(
  facts({ predecessor: { lastUsedAt: at("15"), expiresAt: null, history: null, removable: 1 } }),
);
type Subject = Parameters<typeof nextOf>[0];
const next = (more: Partial<Subject>, seen: Partial<typeof evidence> = {}) => {
  const plain: Subject = {
    phase: "issue",
    kind: "planned",
    predecessor: "export",
    replacement: "export-2027-01",
    issuedBy: "Max",
    owner: "Data team",
    startedBy: "Ada",
    handOverDue: at("15"),
    overlapUntil: at("13"),
    deleting: false,
    deletable: false,
  };
  return nextOf({ ...plain, ...more }, { ...evidence, ...seen });
};

it("asks the owner to hand over, else who has the secret, else who began", () => {
  expect(next({ phase: "hand_over" })).toMatchObject({ who: "Data team", due: at("15") });
  expect(next({ phase: "hand_over", owner: null }).who).toBe("Max");
  expect(next({ phase: "hand_over", owner: null, issuedBy: null }).who).toBe("Ada");
});

it("goes on first with what was interrupted, whatever the step", () => {
  expect(next({ phase: "watch", deleting: true })).toEqual({
    text: "Go on: export is being deleted, or was interrupted.",
    who: "A manager",
    due: null,
  });
  expect(next({ phase: "cancelling" })).toMatchObject({ text: "Go on with cancelling: it was interrupted." });
  expect(next({ phase: "revoke", deleting: false })).toMatchObject({ text: expect.stringMatching(/^Revoke export/) });
  expect(next({ phase: "ended", deleting: true })).toEqual({ text: "Nothing is left to do.", who: null, due: null });
});

it("after the overlap says what is still missing", () => {
  const watch = (more: Partial<Subject>, seen: Partial<typeof evidence>) =>
    next({ phase: "watch", ...more }, seen).text;
  expect(watch({ deletable: true }, { predecessorExists: false })).toBe("Finish: export was deleted elsewhere.");
  expect(watch({ deletable: true }, {})).toBe("Delete export: the evidence is complete.");
  expect(watch({}, { replacementUsedAt: null })).toMatch(/^Wait until export-2027-01 is seen in use/);
  expect(next({ phase: "quarantine" })).toEqual({
    text: "Wait: export has to be silent for 7 days.",
    who: null,
    due: at("22"),
  });
});
