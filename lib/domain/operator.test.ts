import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  grantableRoles,
  hasPermission,
  mayAccept,
  operatorRoles,
  permissions,
  roleOfGroups,
  withinCeiling,
} from "./operator";
import { roleRank } from "./role";

const mapping = { viewer: ["v"], manager: ["m"], administrator: ["a", "root"] };

it("lets managers answer for findings, and administrators alone for critical ones", () => {
  const accepted = operatorRoles.map((role) =>
    (["notice", "warning", "critical"] as const).filter((severity) => mayAccept(role, severity)),
  );
  expect(Object.fromEntries(operatorRoles.map((role, index) => [role, accepted[index]]))).toEqual({
    viewer: [],
    manager: ["notice", "warning"],
    administrator: ["notice", "warning", "critical"],
  });
});

describe("role of groups", () => {
  it("gives the highest role of any group and none for strangers", () => {
    expect(roleOfGroups(["v", "root", "m"], mapping)).toBe("administrator");
    expect(roleOfGroups(["m"], mapping)).toBe("manager");
    expect(roleOfGroups([], mapping)).toBeNull();
    expect(roleOfGroups(["A", "V", " v"], mapping)).toBeNull();
  });
});

describe("permissions", () => {
  it("only grow from viewer to administrator", () => {
    for (const permission of Object.keys(permissions) as (keyof typeof permissions)[]) {
      const allowed = operatorRoles.map((role) => hasPermission(role, permission));
      expect(allowed).toEqual([...allowed].sort());
      expect(hasPermission("administrator", permission)).toBe(true);
    }
  });
  it("let a viewer change nothing", () => {
    for (const permission of ["account:create", "account:delete", "membership:assign", "membership:remove"] as const)
      expect(hasPermission("viewer", permission)).toBe(false);
  });
});

describe("ceiling", () => {
  it("holds managers to analyst and viewers to nothing", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom("owner", "admin", "analyst", "consumer")), (role) => {
        expect(withinCeiling("viewer", role)).toBe(false);
        expect(withinCeiling("manager", role)).toBe(roleRank(role) <= roleRank("analyst"));
        expect(withinCeiling("administrator", role)).toBe(true);
      }),
    );
    expect(grantableRoles("manager")).toEqual(["analyst", "consumer"]);
    expect(grantableRoles("administrator")).toHaveLength(4);
    expect(grantableRoles("viewer")).toEqual([]);
  });
});
