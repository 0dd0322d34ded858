import { expect, test } from "vitest";
import { accessWords, heldByProject, roleCode, roleTone, shownAccess } from "./held-access";

const admin = { role: "admin", grant: "organization" };
const analyst = { role: "analyst", grant: "individual" };
const everything = { role: [], grant: [] };

test("memberships are gathered by project in the order they came", () => {
  const row = { id: 1, name: "a", suffix: "", own: false };
  const held = heldByProject({
    ...row,
    held: [
      [7, "admin", "organization"],
      [8, "consumer", "team"],
      [7, "analyst", "individual"],
    ],
  });
  expect(held.get(7)).toEqual([admin, analyst]);
  expect(held.get(8)).toEqual([{ role: "consumer", grant: "team" }]);
  expect(held.get(9)).toBeUndefined();
});

test("a cell shows what the filter asks for, and else quietly what there is: it never looks empty", () => {
  expect(shownAccess([admin, analyst], everything)).toEqual({ access: admin, asked: true });
  expect(shownAccess([admin, analyst], { ...everything, role: ["analyst"] })).toEqual({ access: analyst, asked: true });
  expect(shownAccess([admin, analyst], { role: ["analyst"], grant: ["team"] })).toEqual({
    access: admin,
    asked: false,
  });
  expect(shownAccess([], everything)).toBeNull();
});

test("a role is three letters and a tone, whatever its name", () => {
  expect(["owner", "admin", "analyst", "consumer", "no role", "x", "🙂🙂🙂🙂"].map(roleCode)).toEqual([
    "Own",
    "Adm",
    "Ana",
    "Con",
    "No ",
    "X",
    "🙂🙂🙂",
  ]);
  expect(["owner", "admin", "billing_admin", "analyst", "consumer", "member", "Data steward"].map(roleTone)).toEqual([
    "warning",
    "warning",
    "notice",
    "accent",
    "neutral",
    "neutral",
    "notice",
  ]);
});

test("all that is held is told in words", () => {
  expect(accessWords([])).toBe("no access");
  expect(accessWords([admin, analyst])).toBe("admin, through the organization; analyst, granted individually");
});
