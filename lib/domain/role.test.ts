import { describe, expect, it } from "vitest";
import { isWritableRole, roleRank, writableRoles } from "./role";

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
});
