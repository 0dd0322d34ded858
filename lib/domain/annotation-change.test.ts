import { expect, it } from "vitest";
import { annotationSchema, emptyAnnotation } from "./annotation";
import { annotateManyInputSchema, changedKeys, describeChange, withFields } from "./annotation-change";

const before = annotationSchema.parse({ owner: "Ada", tags: ["prod", "vendor-x"], notes: "call first" });

it("sets the fields that are named, and tags one by one", () => {
  const set = { owner: "Max", contact: undefined };
  const after = withFields(before, { set, addTags: ["eu"], removeTags: ["prod"] });
  expect(after).toEqual({ ...before, owner: "Max", tags: ["vendor-x", "eu"] });
  expect(changedKeys(before, after)).toEqual(["owner", "tags"]);
  expect(changedKeys(before, { ...before, tags: ["prod", "vendor-x"] })).toEqual([]);
});

it("tells the record each field before and after, and of notes only that they changed", () => {
  const after = { ...before, owner: null, tags: [], leadTimeDays: 14, notes: "a secret slipped in here" };
  expect(describeChange(before, after)).toEqual({
    owner: "Ada → nothing",
    tags: "prod vendor-x → nothing",
    leadTimeDays: "nothing → 14",
    notes: "changed",
  });
  expect(describeChange(emptyAnnotation, before).notes).toBe("changed");
});

it("is no change of several accounts that changes nothing", () => {
  expect(annotateManyInputSchema.safeParse({ accountIds: [1] }).success).toBe(false);
  expect(annotateManyInputSchema.safeParse({ accountIds: [1], removeTags: ["prod"] }).success).toBe(true);
});
