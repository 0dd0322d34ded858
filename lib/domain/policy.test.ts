import { describe, expect, test } from "vitest";
import { annotationSchema, emptyAnnotation } from "./annotation";
import { defaultPolicy, policySchema } from "./policy";
import { rotateBy } from "./rotate-by";

describe("A policy", () => {
  test("is whole without being told anything", () => {
    expect(defaultPolicy.warningDays).toEqual([90, 30, 7, 1]);
    expect(defaultPolicy.rules.expiry_required).toEqual({ enabled: true, severity: "critical" });
  });

  test("keeps what is said and fills in the rest", () => {
    const policy = policySchema.parse({ rules: { too_many_projects: { count: 3 } }, warningDays: [1, 60, 1] });
    expect(policy.rules.too_many_projects).toEqual({ enabled: true, severity: "warning", count: 3 });
    expect(policy.warningDays).toEqual([60, 1]);
  });

  test.each([
    [{ rules: { name_pattern: { patterns: [{ purpose: "a", pattern: "(", example: "a" }] } } }],
    [{ rules: { longest_lifetime: { days: 0 } } }],
    [{ rules: { highest_role: { role: "billing_admin" } } }],
    [{ warningDays: [] }],
  ])("refuses what no account could be judged by: %j", (wrong) => {
    expect(policySchema.safeParse(wrong).success).toBe(false);
  });
});

describe("An annotation", () => {
  test("treats empty text as not recorded and tidies tags", () => {
    const annotation = annotationSchema.parse({ owner: "  ", contact: "", tags: ["Vendor:X", "b", "vendor:x"] });
    expect(annotation).toEqual({ ...emptyAnnotation, tags: ["b", "vendor:x"] });
  });

  test.each([{ contact: "nobody" }, { timeZone: "Mars/Olympus" }, { leadTimeDays: -1 }, { tags: ["<b>"] }])(
    "refuses %j",
    (wrong) => {
      expect(annotationSchema.safeParse(wrong).success).toBe(false);
    },
  );
});

test("A rotation must start before expiry by the owner's time and the overlap", () => {
  expect(rotateBy("2027-03-31T00:00:00.000Z", { leadTimeDays: 14, overlapDays: 7 })).toBe("2027-03-10T00:00:00.000Z");
  expect(rotateBy(null, { leadTimeDays: 14, overlapDays: 7 })).toBeNull();
});
