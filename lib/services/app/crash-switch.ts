import { setTimeout as wait } from "node:timers/promises";
import type { AnyCrashPoint } from "@/lib/domain/crash-point";
import type { Environment } from "@/lib/env/environment";
import type { AppContext } from "@/lib/services/context";

/** A call that has just been started reaches its server within this time on one machine. */
const IN_FLIGHT_MS = 100;

type Switch = Pick<AppContext, "crashPoint" | "rotationCrashPoint" | "accountRotationCrashPoint">;

/** Ends this process the hard way at the step its environment names; empty in every installation that is in use. */
export function crashSwitch(
  { crashAt }: Pick<Environment, "crashAt">,
  end: () => void = () => process.kill(process.pid, "SIGKILL"),
): Switch {
  if (crashAt === undefined) return {};
  const endAt = async (reached: AnyCrashPoint): Promise<void> => {
    if (reached !== crashAt) return;
    if (reached === "in_flight") await wait(IN_FLIGHT_MS);
    end();
  };
  return { crashPoint: endAt, rotationCrashPoint: endAt, accountRotationCrashPoint: endAt };
}
