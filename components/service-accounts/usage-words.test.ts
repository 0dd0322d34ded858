import { expect, it } from "vitest";
import { toUsageView } from "@/lib/domain/usage-view";
import { usageWords } from "./usage-words";

const DAY = 86_400_000;
const at = (day: number) => new Date(day * DAY + DAY / 2);
const words = (days: number[], today: number) => usageWords(toUsageView({ since: 0, days }, at(today)), +at(today));

it.each([
  [[], 20_700, "never seen in use"],
  [[20_699], 20_700, "rhythm not known yet: seen on 1 day"],
  [[20_600, 20_699], 20_700, "rhythm not known yet: seen on 2 days"],
  [[20_697, 20_698, 20_699], 20_700, "used about every day"],
  [[20_600, 20_631, 20_662], 20_700, "used about every 31 days"],
  [[20_600, 20_631, 20_662], 20_711, "used about every 31 days; silent beyond its rhythm since 15 Sep 2026"],
])("days %j on day %i", (days, today, expected) => expect(words(days, today)).toBe(expected));
