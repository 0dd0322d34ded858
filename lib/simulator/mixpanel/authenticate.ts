import { Refusal } from "./answer";
import type { Caller, World } from "./store";

const challenge = { "WWW-Authenticate": 'Basic realm="Mixpanel"' };

function unauthorized(reason: string): Refusal {
  return new Refusal(401, reason, challenge);
}

/**
 * Reads a Basic header, base64 or plain: https://docs.mixpanel.com/reference/service-accounts documents both.
 * Secrets hold no colon, so the last one separates them from a name that may.
 */
export function parseBasic(header: string): { username: string; secret: string } | null {
  const value = /^basic +(\S.*)$/i.exec(header.trim())?.[1]?.trim();
  if (!value) return null;
  const plain = value.includes(":") ? Buffer.from(value, "latin1").toString("utf8") : decodeBase64(value);
  const colon = plain?.lastIndexOf(":") ?? -1;
  if (!plain || colon < 1) return null;
  return { username: plain.slice(0, colon), secret: plain.slice(colon + 1) };
}

function decodeBase64(value: string): string | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return null;
  return Buffer.from(value, "base64").toString("utf8");
}

/** Finds who is calling and notes the use on the account; throws a 401 otherwise. */
export function authenticate(world: World, header: string | undefined, now: number): Caller {
  if (!header)
    throw unauthorized("Authentication required: send a service account's username and secret (HTTP Basic).");
  const credential = parseBasic(header);
  if (!credential) throw unauthorized("The Authorization header could not be read as HTTP Basic.");
  const caller = world.callerOf(credential.username);
  if (!caller || caller.account.secret !== credential.secret) {
    throw unauthorized("Invalid service account credentials.");
  }
  const { expiresAt } = caller.account;
  if (expiresAt !== null && expiresAt <= now) throw unauthorized("This service account has expired.");
  caller.account.lastUsedAt = now;
  return caller;
}
