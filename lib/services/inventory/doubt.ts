const FEW = 5;
const SUSPICIOUS_SHARE = 0.2;

/**
 * Why a count that fell is doubted, for example "0 accounts, was 87"; null when it is believable. Mixpanel has been seen
 * to answer empty lists when something else was wrong.
 */
export function doubtAbout(noun: string, before: number, after: number): string | null {
  const emptied = after === 0 && before > 0;
  const collapsed = before >= FEW && after < before * SUSPICIOUS_SHARE;
  return emptied || collapsed ? `${after} ${noun}, was ${before}` : null;
}

/** Whether a project's members disappeared all at once. */
export function emptiedMembers(before: number, after: number): string | null {
  return after === 0 && before >= FEW ? `0 members, was ${before}` : null;
}
