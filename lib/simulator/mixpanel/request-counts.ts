/** How often each `METHOD /path` was asked, and the most requests that were under way at once. */
export class RequestCounts {
  private readonly counts = new Map<string, number>();
  private underWay = 0;
  private peak = 0;

  /** Counts one request and answers the function to call, once, when it is over. */
  begin(method: string, path: string): () => void {
    const key = `${method} ${path}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    this.underWay += 1;
    this.peak = Math.max(this.peak, this.underWay);
    return () => {
      this.underWay -= 1;
    };
  }

  report(): { counts: Record<string, number>; peakConcurrency: number } {
    return { counts: Object.fromEntries(this.counts), peakConcurrency: this.peak };
  }
}
