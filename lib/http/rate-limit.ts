type Bucket = { tokens: number; at: number };

/** How many requests may come per minute; as many may come at once. */
export const requestLimits = { reads: 1200, writes: 120, address: 3000, signIns: 120, machines: 120 } as const;

/**
 * Token buckets in this process's memory, one per key. Replicas count apart: the limit holds floods off, it is no quota.
 * Beyond `keysMax` keys the one unused for longest is forgotten.
 */
export class RateLimit {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly perMinute: number,
    private readonly keysMax = 10_000,
  ) {}

  /** Takes one token. Answers 0, or after how many seconds there is one again. */
  take(key: string, now: Date): number {
    const at = now.getTime();
    const bucket = this.buckets.get(key) ?? { tokens: this.perMinute, at };
    const tokens = Math.min(this.perMinute, bucket.tokens + (Math.max(0, at - bucket.at) / 60_000) * this.perMinute);
    const allowed = tokens >= 1;
    this.buckets.delete(key);
    this.buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, at });
    if (this.buckets.size > this.keysMax) this.forgetOldest();
    return allowed ? 0 : Math.max(1, Math.ceil(((1 - tokens) / this.perMinute) * 60));
  }

  private forgetOldest(): void {
    for (const oldest of this.buckets.keys()) {
      this.buckets.delete(oldest);
      return;
    }
  }
}
