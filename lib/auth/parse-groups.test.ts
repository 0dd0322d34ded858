import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { roleOfGroups } from "@/lib/domain/operator";
import { parseGroups } from "./parse-groups";

const names = (count: number) => Array.from({ length: count }, (_, index) => `group-${index}`);

describe("Groups of verified claims", () => {
  test.each([1, 199, 200, 201, 1000])("%i groups in the claim are read whole", (count) => {
    expect(parseGroups({ groups: names(count) }, "groups")).toEqual({ kind: "groups", groups: names(count) });
  });

  test("an empty list is a list", () => {
    expect(parseGroups({ groups: [] }, "groups")).toEqual({ kind: "groups", groups: [] });
  });

  test("groups that the provider moved elsewhere are an overage, not an empty list", () => {
    const claims = {
      _claim_names: { groups: "src1" },
      _claim_sources: { src1: { endpoint: "https://graph.example" } },
    };
    expect(parseGroups(claims, "groups")).toEqual({ kind: "overage" });
    expect(parseGroups({ hasgroups: true }, "groups")).toEqual({ kind: "overage" });
  });

  test("another claim's overage says nothing about this one", () => {
    expect(parseGroups({ _claim_names: { roles: "src1" } }, "groups")).toEqual({ kind: "missing" });
  });

  test.each([
    ["a string", "keywarden-admins"],
    ["a comma list", "a,b"],
    ["an object", { "keywarden-admins": true }],
    ["null", null],
    ["a number", 7],
    ["numbers in the list", ["a", 7]],
    ["an empty name", [""]],
    ["lists in the list", [["a"]]],
  ])("%s in the claim is malformed", (_, value) => {
    expect(parseGroups({ groups: value }, "groups")).toEqual({ kind: "malformed" });
  });

  test("an inherited property is no claim", () => {
    expect(parseGroups({}, "constructor")).toEqual({ kind: "missing" });
    expect(parseGroups({}, "__proto__")).toEqual({ kind: "missing" });
  });

  test("whatever comes, a role needs a list that names its group", () => {
    const mapping = { viewer: ["see"], manager: ["manage"], administrator: ["all"] };
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom("groups", "_claim_names", "roles", "hasgroups"), fc.anything()),
        (claims) => {
          const reading = parseGroups(claims, "groups");
          const role = reading.kind === "groups" ? roleOfGroups(reading.groups, mapping) : null;
          if (role === null) return true;
          return Array.isArray(claims.groups) && claims.groups.some((group) => mapping[role].includes(String(group)));
        },
      ),
    );
  });
});

test.each([undefined, null, "groups", 7, ["keywarden-viewers"]])(
  "claims that are no object (%s) give no group",
  (claims) => {
    expect(parseGroups(claims, "groups")).toEqual({ kind: "malformed" });
  },
);
