import { z } from "zod";
import { EXPIRY_MAX_DAYS } from "./change";

export const expiryPresets = [30, 60, 90, 180, 365] as const;
export type ExpiryPreset = (typeof expiryPresets)[number];
export const defaultExpiryPreset: ExpiryPreset = 90;

/** The last second of the UTC day that lies `days` after `now`, as an ISO 8601 instant. */
export function expiryAfterDays(days: number, now: Date): string {
  const day = new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
  return `${day}T23:59:59.000Z`;
}

/** The last second of a UTC day given as `YYYY-MM-DD`; null when there is no such day. */
export function endOfUtcDay(date: string): string | null {
  return z.iso.date().safeParse(date).success ? `${date}T23:59:59.000Z` : null;
}

/** Why a chosen expiry cannot be taken, or null when it can. */
export function expiryProblem(expiresAt: string | null, now: Date): string | null {
  const days = (Date.parse(expiresAt ?? "") - now.getTime()) / 86_400_000;
  if (Number.isNaN(days)) return "Give the date as year-month-day.";
  if (days <= 0) return "This date is in the past. Choose a later one.";
  if (days > EXPIRY_MAX_DAYS) return "Choose a date within the next ten years.";
  return null;
}
