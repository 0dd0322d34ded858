import { type AnyCrashPoint, allCrashPoints } from "@/lib/domain/crash-point";
import { isLoopback } from "./address";
import type { OrganizationSettings } from "./organization-settings";
import type { Variables } from "./variables";

const AT = "KEYWARDEN_CRASH_AT";
const TORTURE = "KEYWARDEN_TORTURE";
const CONSENT = "end-this-process";

/**
 * Where a torture test wants the process to end. Refused without a second variable that says so, and wherever a real
 * Mixpanel could be reached: an installation in use never starts with it.
 */
export function readCrashPoint(
  variables: Variables,
  organizations: readonly OrganizationSettings[],
): AnyCrashPoint | undefined {
  const text = variables.text(AT);
  if (text === undefined) return undefined;
  const point = allCrashPoints.find((candidate) => candidate === text);
  if (!point) variables.problems.add(AT, `is not one of ${allCrashPoints.join(", ")}`, "after_sent");
  if (variables.text(TORTURE) !== CONSENT) {
    variables.problems.addText(`${AT} ends the process and is for tests: it counts only with ${TORTURE}=${CONSENT}.`);
  }
  const addresses = organizations.flatMap(({ baseUrls }) => Object.values(baseUrls));
  if (organizations.length === 0 || !addresses.every((address) => isLoopback(new URL(address)))) {
    variables.problems.addText(`${AT} is for simulators on this machine's loopback address only.`);
  }
  return point;
}
