export type LedgerEntry = {
  sequence: number;
  /** ISO 8601, by the simulator's clock. */
  at: string;
  method: string;
  /** As it was sent, after `/api/app`. */
  path: string;
  body: unknown;
  /** The answer's body, whether or not it reached the client. */
  result: unknown;
};

/** Every accepted mutation in order: what really happened, whatever the client was told. */
export class Ledger {
  private readonly written: LedgerEntry[] = [];

  append(entry: Omit<LedgerEntry, "sequence">): void {
    this.written.push({ sequence: this.written.length + 1, ...entry });
  }

  entries(): readonly LedgerEntry[] {
    return this.written;
  }
}
