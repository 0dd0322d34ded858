import { expect, test, vi } from "vitest";
import { accountRotationCrashPoints, allCrashPoints, crashPoints, rotationCrashPoints } from "@/lib/domain/crash-point";
import { crashSwitch } from "./crash-switch";

test("nothing hangs on a process that was not told to end", () => {
  expect(crashSwitch({})).toEqual({});
});

test.each(allCrashPoints)("ends at %s and nowhere else", async (crashAt) => {
  const end = vi.fn();
  const { crashPoint, rotationCrashPoint, accountRotationCrashPoint } = crashSwitch({ crashAt }, end);
  for (const point of crashPoints) if (point !== crashAt) await crashPoint?.(point);
  for (const point of rotationCrashPoints) if (point !== crashAt) await rotationCrashPoint?.(point);
  for (const point of accountRotationCrashPoints) if (point !== crashAt) await accountRotationCrashPoint?.(point);
  expect(end).not.toHaveBeenCalled();
  for (const point of crashPoints) if (point === crashAt) await crashPoint?.(point);
  for (const point of rotationCrashPoints) if (point === crashAt) await rotationCrashPoint?.(point);
  for (const point of accountRotationCrashPoints) if (point === crashAt) await accountRotationCrashPoint?.(point);
  expect(end).toHaveBeenCalledTimes(1);
});
