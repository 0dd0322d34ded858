import { ACCOUNT_NAME_MAX } from "@/lib/domain/change";
import { splitUsername } from "@/lib/domain/service-account";

const datePattern = /-\d{4}-\d{2}-\d{2}$/;

/** The predecessor's name with the day of issue, so that the two can be told apart: `keywarden-2026-11-23`. */
export function replacementName(predecessor: string, now: Date): string {
  const day = `-${now.toISOString().slice(0, 10)}`;
  const plain = splitUsername(predecessor)
    .name.replace(datePattern, "")
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/^[^A-Za-z0-9]+/, "");
  return `${(plain || "keywarden").slice(0, ACCOUNT_NAME_MAX - day.length)}${day}`;
}
