import { z } from "zod";
import { isMarked } from "./marked";

type ErrorEntry = { status: number; title: string; advice: string };

/**
 * Every failure an operator can meet: our HTTP status, what happened and what to do.
 * Upstream authentication failures answer 502, never 401: the operator is still signed in.
 */
export const appErrors = {
  bad_request: {
    status: 400,
    title: "The request could not be read.",
    advice: "Correct the marked fields and send it again.",
  },
  confirmation_mismatch: {
    status: 400,
    title: "The confirmation does not match.",
    advice: "Type the name exactly as shown.",
  },
  unsupported_media_type: {
    status: 415,
    title: "Only JSON is accepted here.",
    advice: "Send the request from the console.",
  },
  body_too_large: {
    status: 413,
    title: "The request is larger than 64 KB.",
    advice: "Select fewer rows and try again.",
  },
  not_signed_in: {
    status: 401,
    title: "You are not signed in.",
    advice: "Sign in and try again. What you typed is kept.",
  },
  fresh_sign_in_required: {
    status: 401,
    title: "This needs a fresh sign-in.",
    advice: "Sign in again to confirm that it is you, then repeat the step.",
  },
  identity_provider_unreachable: {
    status: 503,
    title: "The identity provider cannot be reached, so your role cannot be confirmed.",
    advice: "Nothing was sent to Mixpanel. Changes are possible again as soon as it answers.",
  },
  not_permitted: { status: 403, title: "Your role does not allow this.", advice: "Ask an administrator of Keywarden." },
  role_above_ceiling: {
    status: 403,
    title: "This role is above what you may grant or touch.",
    advice: "Ask an administrator of Keywarden.",
  },
  cross_site_request: {
    status: 403,
    title: "The request did not come from this console.",
    advice: "Open the console at its own address and try again.",
  },
  not_found: { status: 404, title: "This does not exist.", advice: "Check the address, or go back to the list." },
  method_not_allowed: { status: 405, title: "This method is not available here.", advice: "Use the console." },
  own_credential: {
    status: 409,
    title: "This is the credential the console itself uses.",
    advice: "Give the console another credential first.",
  },
  credential_refused: {
    status: 422,
    title: "This credential cannot be used.",
    advice: "Paste the username and secret of a service account that is an owner or admin of the organization.",
  },
  credential_configured: {
    status: 409,
    title: "This organization's credential is configured outside the console.",
    advice:
      "Change it where it stands, in the MIXPANEL_* variables or the organizations file, and restart the console.",
  },
  operation_in_progress: {
    status: 409,
    title: "Another change to this service account is under way.",
    advice: "Wait for it to end, then look again.",
  },
  changed_meanwhile: {
    status: 409,
    title: "Somebody else has changed this meanwhile.",
    advice: "Nothing of yours was saved. Look at what it says now, then make your change again.",
  },
  rotation_not_ready: {
    status: 409,
    title: "This step of the rotation is not open yet.",
    advice: "Nothing was changed. The rotation's page says what is missing.",
  },
  idempotency_conflict: {
    status: 409,
    title: "This key was already used for another request.",
    advice: "Reload the page and try again.",
  },
  policy_configured: {
    status: 409,
    title: "The policy is configured outside the console.",
    advice: "Change it where it stands, in the file that KEYWARDEN_POLICY_FILE names, and restart the console.",
  },
  not_removable: {
    status: 409,
    title: "This access comes from a team or the organization.",
    advice: "Change it in Mixpanel: only individual grants can be removed here.",
  },
  too_many_requests: { status: 429, title: "Too many requests.", advice: "Wait a moment and try again." },
  deletion_limit_reached: {
    status: 429,
    title: "The limit of deletions per hour is reached.",
    advice: "Nothing more was deleted. Try again later.",
  },
  read_only: {
    status: 503,
    title: "Read-only: no change can be recorded, so none is allowed.",
    advice: "Nothing was sent to Mixpanel. Ask whoever runs Keywarden to check its database.",
  },
  database_unreachable: {
    status: 503,
    title: "Keywarden's database cannot be reached.",
    advice: "Nothing was sent to Mixpanel. Try again in a moment, or ask whoever runs Keywarden.",
  },
  shutting_down: {
    status: 503,
    title: "The console is restarting.",
    advice: "Nothing was sent to Mixpanel. Try again in a minute.",
  },
  given_up: {
    status: 503,
    title: "The change was given up before it was sent.",
    advice: "Nothing was sent to Mixpanel. It can be tried again.",
  },
  secret_gone: {
    status: 410,
    title: "The secret can no longer be shown.",
    advice: "If it was not copied, delete the service account and create it again.",
  },
  upstream_credential_rejected: {
    status: 502,
    title: "Mixpanel rejected the credential of this organization.",
    advice: "An administrator has to give the console a working credential. Changes are off until then.",
  },
  upstream_not_permitted: {
    status: 502,
    title: "The credential signs in but is not an owner or admin of this organization.",
    advice: "Give the console the credential of an organization owner or admin.",
  },
  upstream_not_found: { status: 404, title: "It no longer exists at Mixpanel.", advice: "Refresh the list." },
  upstream_refused: {
    status: 422,
    title: "Mixpanel refused the change.",
    advice: "Nothing was changed. Correct the input and try again.",
  },
  upstream_rate_limited: {
    status: 503,
    title: "Mixpanel asks us to slow down.",
    advice: "Nothing was changed. Try again later.",
  },
  upstream_unreachable: {
    status: 502,
    title: "Mixpanel cannot be reached.",
    advice: "Nothing was sent. Try again when the connection is back.",
  },
  upstream_timeout: { status: 504, title: "Mixpanel did not answer in time.", advice: "Try again in a moment." },
  upstream_failed: {
    status: 502,
    title: "Mixpanel answered with an error of its own.",
    advice: "Try again in a moment.",
  },
  upstream_unexpected_answer: {
    status: 502,
    title: "Mixpanel gave an unexpected answer.",
    advice: "The stored picture was not touched. Try again; if it stays, report the reference.",
  },
  outcome_unknown: {
    status: 502,
    title: "The change was sent, but its outcome is not known.",
    advice: "Do not repeat it. Keywarden checks what happened and shows it under Unfinished.",
  },
  internal: {
    status: 500,
    title: "Something went wrong in Keywarden.",
    advice: "Nothing was sent to Mixpanel by this step unless the page says so. Report the reference.",
  },
} as const satisfies Record<string, ErrorEntry>;

export type AppErrorCode = keyof typeof appErrors;
export const appErrorCodes = Object.keys(appErrors) as [AppErrorCode, ...AppErrorCode[]];

export type AppErrorDetails = {
  /** Written for people: Mixpanel's own reason, or which field is wrong. Never a secret. */
  reason?: string;
  /** Field path → what is wrong with it. */
  fields?: Record<string, string>;
  /** ISO 8601 instant before which a repeat is pointless. */
  retryAt?: string;
  /** The upstream HTTP status, where there was one. */
  upstreamStatus?: number;
  operationId?: string;
};

/** Start-up and handlers are bundled apart, each with its own copy of the class: by this mark they know each other's. */
const mark: unique symbol = Symbol.for("keywarden.AppError");

/** The one error that crosses boundaries; `cause` stays on the server. */
export class AppError extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isMarked(value, mark);
  }

  readonly code: AppErrorCode;
  readonly details: AppErrorDetails;

  constructor(code: AppErrorCode, details: AppErrorDetails = {}, cause?: unknown) {
    super(appErrors[code].title, cause === undefined ? undefined : { cause });
    this.name = "AppError";
    this.code = code;
    this.details = details;
  }

  get [mark](): true {
    return true;
  }

  /** What a person is told of it in one sentence. */
  get reason(): string {
    return this.details.reason ?? this.message;
  }

  get status(): number {
    return appErrors[this.code].status;
  }
}

/** What every failed answer of our own API carries. `reference` finds the line in the server's log. */
export const errorAnswerSchema = z.object({
  error: z.object({
    code: z.enum(appErrorCodes),
    title: z.string(),
    advice: z.string(),
    reason: z.string().optional(),
    fields: z.record(z.string(), z.string()).optional(),
    retryAt: z.string().optional(),
    upstreamStatus: z.number().optional(),
    operationId: z.string().optional(),
    reference: z.string(),
  }),
});
export type ErrorAnswer = z.infer<typeof errorAnswerSchema>;
