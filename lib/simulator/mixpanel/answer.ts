export type Answer = {
  status: number;
  /** Sent as JSON; a string is sent as it is. */
  body: unknown;
  headers?: Record<string, string>;
  /** Set when the request was an accepted mutation, for the ledger. */
  mutation?: true;
};

/** Thrown by whatever finds a reason to say no; becomes the error envelope. */
export class Refusal extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 405 | 413 | 500,
    reason: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(reason);
  }
}

export function errorEnvelope(reason: string): { status: "error"; error: string } {
  return { status: "error", error: reason };
}

export function refusalAnswer(refusal: Refusal): Answer {
  return { status: refusal.status, body: errorEnvelope(refusal.message), headers: refusal.headers };
}
