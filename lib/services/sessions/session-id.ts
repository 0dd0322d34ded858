import { createHash, randomBytes } from "node:crypto";
import type { SessionLimits } from "@/lib/db/sessions";
import { SESSION_ABSOLUTE_MS, SESSION_IDLE_MS } from "@/lib/domain/operator-session";

/** 256 random bits: what the cookie carries, and nobody can guess. */
export function newSessionId(): string {
  return randomBytes(32).toString("base64url");
}

/** How the row knows it: who reads the table cannot make a cookie of it. */
export function hashSessionId(sessionId: string): string {
  return createHash("sha256").update(sessionId).digest("hex");
}

export function sessionLimits(now: Date): SessionLimits {
  const before = (milliseconds: number) => new Date(now.getTime() - milliseconds).toISOString();
  return { seenAfter: before(SESSION_IDLE_MS), createdAfter: before(SESSION_ABSOLUTE_MS) };
}
