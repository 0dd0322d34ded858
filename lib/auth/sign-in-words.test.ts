import { describe, expect, test } from "vitest";
import { refusalReasons } from "@/lib/services/sessions/refuse";
import { firstValue } from "./first-value";
import { refusalText } from "./refusal-text";
import { signInProblem } from "./sign-in-problem";

/** What somebody may write into the address of a page that shows it. */
const strange = ["__proto__", "constructor", "toString", "<script>alert(1)</script>", "x".repeat(300)];

describe("The page for who is not let in", () => {
  test("has its own words for each reason, and says by what a role is given only where that is the question", () => {
    const texts = refusalReasons.map(refusalText);
    expect(new Set(texts.map(({ explanation }) => explanation)).size).toBe(refusalReasons.length);
    expect(texts.map(({ byGroups }) => byGroups)).toEqual([true, ...Array(refusalReasons.length - 1).fill(false)]);
  });

  test.each([undefined, "", ...strange])("never shows what stands in its address, as %j", (reason) => {
    expect(refusalText(reason)).toBe(refusalText("no_role"));
  });
});

describe("The sign-in page", () => {
  test("says nothing where nothing went wrong", () => {
    expect([signInProblem(undefined), signInProblem("")]).toEqual([null, null]);
  });

  test("tells the provider's failures from ours and from those of who signs in", () => {
    expect(signInProblem("OAuthSignin")?.title).toBe("The identity provider cannot be reached.");
    expect(signInProblem("Unrecorded")?.title).toContain("could not be recorded");
    expect(signInProblem("AccessDenied")?.title).toContain("did not let you in");
    expect(signInProblem("Configuration")?.title).toContain("not set up");
    for (const code of ["OAuthCallback", "Callback"]) expect(signInProblem(code)?.title).toContain("not completed");
  });

  test.each(strange)("never shows what stands in its address, as %j", (code) => {
    expect(signInProblem(code)).toBe(signInProblem("Callback"));
  });
});

test("of a repeated parameter the first counts, and none of none", () => {
  expect([firstValue(["a", "b"]), firstValue("a"), firstValue([]), firstValue(undefined)]).toEqual([
    "a",
    "a",
    undefined,
    undefined,
  ]);
});
