import { AppError, type AppErrorCode, type AppErrorDetails } from "@/lib/domain/app-error";
import { isMarked } from "@/lib/domain/marked";

/** Whether the request may have reached Mixpanel; `yes` in an error means it answered clearly that nothing was done. */
export type Sent = "no" | "yes" | "unknown";

export type UpstreamFacts = {
  sent: Sent;
  /** Finds the call in Mixpanel's logs, or else in ours. */
  reference: string;
  /** An outage (5xx, timeout, network): a read may be tried again, and the breaker counts it. */
  transient: boolean;
  /** What `Retry-After` asked for, at most a day; null where it asked nothing readable. */
  retryAfterMs: number | null;
};

/** See AppError: known also to a bundle that holds another copy of this class. */
const mark: unique symbol = Symbol.for("keywarden.UpstreamError");

/** Every failure of a call to Mixpanel. `status` stays our own HTTP status; Mixpanel's is `details.upstreamStatus`. */
export class UpstreamError extends AppError {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isMarked(value, mark);
  }

  readonly sent: Sent;
  readonly reference: string;
  readonly transient: boolean;
  readonly retryAfterMs: number | null;

  constructor(code: AppErrorCode, details: AppErrorDetails, facts: UpstreamFacts, cause?: Error) {
    super(code, details, cause);
    this.name = "UpstreamError";
    this.sent = facts.sent;
    this.reference = facts.reference;
    this.transient = facts.transient;
    this.retryAfterMs = facts.retryAfterMs;
  }

  get [mark](): true {
    return true;
  }

  get upstreamStatus(): number | null {
    return this.details.upstreamStatus ?? null;
  }
}
