import { describe, expect, test } from "vitest";
import { deriveAccountColumns, deriveProjectColumns } from "./derive";

const held = (project_id: number, role: string, grant_type: string) => ({ project_id, role, grant_type });

describe("deriveAccountColumns", () => {
  test("no membership is below every role", () => {
    expect(deriveAccountColumns([])).toEqual({
      highest_role: null,
      highest_role_rank: -1,
      highest_grant: null,
      project_count: 0,
    });
    expect(deriveAccountColumns([held(1, "no role", "team")]).highest_role_rank).toBeGreaterThan(-1);
  });

  test("the highest counts, the organization's grant before others, a project once however many grants", () => {
    const rows = [held(1, "consumer", "individual"), held(1, "admin", "team"), held(2, "admin", "organization")];
    expect(deriveAccountColumns(rows)).toEqual({
      highest_role: "admin",
      highest_role_rank: 50,
      highest_grant: "organization",
      project_count: 2,
    });
  });
});

test("a project counts accounts, not grants", () => {
  const member = (account_id: number, grant_type: string) => ({ account_id, grant_type });
  const rows = [member(1, "individual"), member(1, "organization"), member(2, "organization"), member(3, "team")];
  expect(deriveProjectColumns(rows)).toEqual({ member_count: 3, organization_grant_count: 2 });
});
