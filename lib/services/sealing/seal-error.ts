const messages = {
  unknown_key: "It was sealed with a key that is not configured.",
  wrong_binding: "It was sealed for another row.",
  unreadable: "It was changed, or is not a sealed text.",
} as const;

/** A sealed text did not open; the reason is fit for a log, the text itself is not. */
export class SealError extends Error {
  readonly reason: keyof typeof messages;

  constructor(reason: keyof typeof messages, cause?: unknown) {
    super(messages[reason], { cause });
    this.name = "SealError";
    this.reason = reason;
  }
}
