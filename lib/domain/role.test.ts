import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { higherRole, isWritableRole, roleRank, writableRoles } from "./role";

describe("roles", () => {
  it("orders the writable roles from owner down", () => {
    const ranks = writableRoles.map(roleRank);
    expect(ranks).toEqual([...ranks].sort((left, right) => right - left));
    expect(new Set(ranks).size).toBe(writableRoles.length);
  });

  it("never offers to write a custom role and ranks it above an analyst", () => {
    expect(isWritableRole("Marketing power user")).toBe(false);
    expect(roleRank("Marketing power user")).toBeGreaterThan(roleRank("analyst"));
    expect(roleRank("Marketing power user")).toBeLessThan(roleRank("admin"));
  });

  it("keeps the stronger of two roles, whichever comes first", () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...writableRoles), (left, right) => {
        const rank = Math.max(roleRank(left), roleRank(right));
        expect(roleRank(higherRole(left, right))).toBe(rank);
        expect(roleRank(higherRole(right, left))).toBe(rank);
      }),
    );
  });
});
