import { ACCOUNT_NAME_MAX } from "./change";
import { splitUsername } from "./service-account";

const stampPattern = /-\d{4}-\d{2}(-\d{1,2})?$/;
const LAST_NUMBER = 99;

/**
 * The predecessor's name with the time of issue (`2026-11`, or a whole day) in the place of an earlier one, and a number
 * behind it where that name is taken: `export-2026-11`, `export-2026-11-2`.
 */
export function replacementName(predecessor: string, stamp: string, taken: ReadonlySet<string> = new Set()): string {
  const plain = splitUsername(predecessor)
    .name.replace(stampPattern, "")
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, "");
  const named = (ending: string) => `${(plain || "keywarden").slice(0, ACCOUNT_NAME_MAX - ending.length)}${ending}`;
  let name = named(`-${stamp}`);
  for (let number = 2; taken.has(name) && number <= LAST_NUMBER; number += 1) name = named(`-${stamp}-${number}`);
  return name;
}
