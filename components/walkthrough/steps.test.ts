import { expect, it } from "vitest";
import { walkthroughSteps } from "./steps";

it("shows each role what it can use and nothing else", () => {
  const marks = (role: "viewer" | "manager" | "administrator") => walkthroughSteps(role).map(({ mark }) => mark);
  expect(marks("viewer")).not.toContain("create");
  expect(marks("manager")).toContain("create");
  expect(marks("manager")).not.toContain("set-up");
  expect(marks("administrator")).toEqual(expect.arrayContaining([...marks("manager"), "set-up"]));
});

it("can be read in under two minutes", () => {
  const words = walkthroughSteps("administrator").flatMap(({ title, text }) => `${title} ${text}`.split(/\s+/));
  const SLOW_WORDS_PER_MINUTE = 150;
  expect(words.length / SLOW_WORDS_PER_MINUTE).toBeLessThan(2);
});
