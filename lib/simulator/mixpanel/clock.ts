const SECOND = 1000;
/** Four-digit years only: beyond them neither ISO 8601 nor the Date header has one agreed form. */
const EARLIEST = Date.UTC(1970, 0, 1);
const LATEST = Date.UTC(9999, 11, 31);

/** The simulator's time in epoch milliseconds: the machine's, moved by an offset, so it keeps running after a set. */
export class Clock {
  private offset: number;
  private readonly initialOffset: number;

  constructor(
    start: number | null,
    private readonly real: () => number = Date.now,
  ) {
    this.initialOffset = start === null ? 0 : start - real();
    this.offset = this.initialOffset;
  }

  now(): number {
    return this.real() + this.offset;
  }

  /** Answers false, and changes nothing, when the moment is outside the years 1970 to 9999. */
  set(moment: number): boolean {
    if (!(moment >= EARLIEST && moment <= LATEST)) return false;
    this.offset = moment - this.real();
    return true;
  }

  advance(seconds: number): boolean {
    return this.set(this.now() + seconds * SECOND);
  }

  reset(): void {
    this.offset = this.initialOffset;
  }
}
