import { createHash, randomBytes } from "node:crypto";

/** 256 random bits, as they stand in an address. */
export function newFeedToken(): string {
  return randomBytes(32).toString("base64url");
}

export function hashFeedToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
