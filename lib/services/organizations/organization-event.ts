import { AppError } from "@/lib/domain/app-error";
import type { AuditOutcome } from "@/lib/domain/audit-event";
import { splitUsername } from "@/lib/domain/service-account";
import { type EventInput, recordEvent } from "@/lib/services/audit/record";
import type { RequestContext } from "@/lib/services/context";

type Subject = {
  action: EventInput["action"];
  /** Null while nobody can say which organization it will be. */
  key: string | null;
  name: string | null;
  /** Never a secret. */
  detail: Record<string, unknown>;
};

/** What the record says of a change to an organization's connection. */
export function organizationEvent(
  { action, key, name, detail }: Subject,
  outcome: AuditOutcome,
  more: Record<string, unknown> = {},
): EventInput {
  const target = { targetKind: "organization", targetId: key, targetName: name } as const;
  return { organizationKey: key, action, outcome, ...target, detail: { ...detail, ...more } };
}

/**
 * A pasted username as the record may keep it for ever: only what has Mixpanel's form, for whoever mixes up the two
 * fields pastes the secret here.
 */
export function usernameForRecord(username: string): string {
  return splitUsername(username).suffix === "" ? "[not a service account's username]" : username;
}

/**
 * Records the intention, does the work and records its failure; the work records its own success in its commit. Without
 * a record nothing is done: `read_only`.
 */
export async function onRecord<T>(context: RequestContext, subject: Subject, work: () => Promise<T>): Promise<T> {
  try {
    await recordEvent(context, organizationEvent(subject, "intended"));
  } catch (error) {
    throw new AppError("read_only", {}, error);
  }
  try {
    return await work();
  } catch (error) {
    await recordFailure(context, subject, error);
    throw error instanceof AppError ? error : new AppError("read_only", {}, error);
  }
}

async function recordFailure(context: RequestContext, subject: Subject, error: unknown): Promise<void> {
  const code = error instanceof AppError ? error.code : "read_only";
  const reason = error instanceof AppError ? error.details.reason : undefined;
  try {
    await recordEvent(context, organizationEvent(subject, "failed", { code, ...(reason !== undefined && { reason }) }));
  } catch (cause) {
    context.logger.error({ reference: context.reference, err: cause }, "The failure of a change could not be recorded");
  }
}
