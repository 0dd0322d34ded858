import { bulkDeleteConfirmation } from "./change";

const RECENT_DAYS = 30;

type Used = { lastUsedAt: string | null };

export function usedRecently({ lastUsedAt }: Used, now: Date): boolean {
  return lastUsedAt !== null && now.getTime() - Date.parse(lastUsedAt) <= RECENT_DAYS * 86_400_000;
}

/** What has to be typed before these are deleted: the name of one in use, a phrase for several, nothing for one at rest. */
export function requiredConfirmation(accounts: readonly (Used & { name: string })[], now: Date): string | null {
  const [first, ...others] = accounts;
  if (!first) return null;
  if (others.length > 0) return bulkDeleteConfirmation(accounts.length);
  return usedRecently(first, now) ? first.name : null;
}
