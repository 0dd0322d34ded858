import { expect, test, vi } from "vitest";
import { crashPoints, rotationCrashPoints } from "@/lib/domain/crash-point";
import { crashSwitch } from "./crash-switch";

test("nothing hangs on a process that was not told to end", () => {
  expect(crashSwitch({})).toEqual({});
});

test.each([...crashPoints, ...rotationCrashPoints])("ends at %s and nowhere else", async (crashAt) => {
  const end = vi.fn();
  const { crashPoint, rotationCrashPoint } = crashSwitch({ crashAt }, end);
  for (const point of crashPoints) if (point !== crashAt) await crashPoint?.(point);
  for (const point of rotationCrashPoints) if (point !== crashAt) await rotationCrashPoint?.(point);
  expect(end).not.toHaveBeenCalled();
  for (const point of crashPoints) if (point === crashAt) await crashPoint?.(point);
  for (const point of rotationCrashPoints) if (point === crashAt) await rotationCrashPoint?.(point);
  expect(end).toHaveBeenCalledTimes(1);
});
