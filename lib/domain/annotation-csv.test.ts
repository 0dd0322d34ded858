import { describe, expect, it } from "vitest";
import { annotationSchema } from "./annotation";
import { csvKeys, patchOfCells, toCells } from "./annotation-csv";

const annotation = annotationSchema.parse({
  owner: "Data team",
  ownerKind: "team",
  contact: "data@example.com",
  tags: ["vendor-x", "prod"],
  leadTimeDays: 14,
});

describe("an annotation as cells", () => {
  it("is read back as it was written, and nothing recorded is an empty cell", () => {
    const cells = toCells(annotation);
    expect(cells).toEqual(["Data team", "team", "data@example.com", "", "", "prod vendor-x", "14", "", "", "", ""]);
    const read = patchOfCells(Object.fromEntries(csvKeys.map((key, index) => [key, cells[index]])));
    expect(read).toEqual({ patch: annotation });
  });
});

describe("cells as a change", () => {
  it("leave alone what has no column, and empty what has an empty cell", () => {
    expect(patchOfCells({ owner: " Ada ", ticket: "  " })).toEqual({ patch: { owner: "Ada", ticket: null } });
    expect(patchOfCells({})).toEqual({ patch: {} });
  });

  it("take tags apart however they are put, and the kind of an owner in any case", () => {
    expect(patchOfCells({ tags: "prod; vendor-x,,a b" })).toEqual({ patch: { tags: ["a", "b", "prod", "vendor-x"] } });
    expect(patchOfCells({ tags: "", ownerKind: "TEAM" })).toEqual({ patch: { tags: [], ownerKind: "team" } });
    expect(patchOfCells({ ownerKind: "" })).toEqual({ patch: { ownerKind: "person" } });
  });

  it("say in words which cell cannot be read", () => {
    expect(patchOfCells({ leadTimeDays: "two weeks" })).toEqual({ problem: "lead time days: A number of days." });
    expect(patchOfCells({ leadTimeDays: "400" })).toEqual({ problem: "lead time days: At most 365 days." });
    expect(patchOfCells({ timeZone: "Mars" })).toEqual({
      problem: "time zone: Not a time zone, for example Europe/Berlin.",
    });
  });
});
