import type { StoredOperation } from "@/lib/db/operations";
import { type AppError, appErrors } from "@/lib/domain/app-error";
import type { TryAnswer } from "@/lib/domain/change";
import { readMe } from "@/lib/mixpanel/operations";
import type { Me } from "@/lib/mixpanel/wire-me";
import { recordEvent } from "@/lib/services/audit/record";
import type { OrganizationContext } from "@/lib/services/context";
import { rereadAccount } from "@/lib/services/inventory/reread";
import { asAppError } from "@/lib/services/operations/change-error";
import { noteTrialBegins, noteTrialWorked } from "@/lib/services/rotations/note-trial";
import { createdOf, findOwnCreate, secretEvent } from "./own-operation";
import { takeSecret } from "./take-secret";

/** Signs in to Mixpanel with a created secret, from the server, and says in plain words what it found. */
export async function trySecret({
  context,
  operationId,
}: {
  context: OrganizationContext;
  operationId: string;
}): Promise<TryAnswer> {
  const { operation } = await findOwnCreate(context, operationId);
  await noteTrialBegins(context, operation);
  const { secret } = await takeSecret(context, operation, { action: "secret.try", outcome: "intended", view: false });
  const { id, username } = createdOf(operation).account;
  const answer = await attempt(context, { username, secret });
  await keepOutcome(context, operation, answer);
  if (answer.works) await showFirstUse(context, operation, id);
  return { ...answer, at: context.now().toISOString() };
}

/** The receipt: Mixpanel now tells when it was last used. The next sync brings it too, so a failure is only logged. */
async function showFirstUse(
  context: OrganizationContext,
  operation: StoredOperation,
  accountId: number,
): Promise<void> {
  try {
    await rereadAccount(context, accountId);
  } catch (error) {
    context.logger.warn({ err: error, reference: context.reference }, "A tried account could not be read again.");
  }
  try {
    await noteTrialWorked(context, operation);
  } catch (error) {
    context.logger.warn({ err: error, reference: context.reference }, "A trial was not noted in its rotation.");
  }
}

type Tried = Omit<TryAnswer, "at">;

async function attempt(context: OrganizationContext, credential: { username: string; secret: string }): Promise<Tried> {
  try {
    const { value: me } = await readMe(context.organization.upstream, credential);
    return whatItSees(context, me);
  } catch (error) {
    return {
      works: false,
      message: whyNot(asAppError(error)),
      organizationName: null,
      organizationRole: null,
      projectCount: 0,
    };
  }
}

function whatItSees({ organization }: OrganizationContext, me: Me): Tried {
  const home = me.organizations.find((candidate) => candidate.id === organization.mixpanelId);
  const count = me.projects.length;
  const projects = count === 0 ? "no project yet" : count === 1 ? "1 project" : `${count} projects`;
  const place = home ? `${home.name}${home.role === null ? "" : ` as ${home.role}`} and sees` : "Mixpanel and sees";
  return {
    works: true,
    message: `It works: it signs in to ${place} ${projects}.`,
    organizationName: home?.name ?? null,
    organizationRole: home?.role ?? null,
    projectCount: count,
  };
}

function whyNot(error: AppError): string {
  if (error.code === "upstream_credential_rejected") {
    return "Mixpanel rejected this username and secret. A new secret may take a moment to work: try again shortly.";
  }
  return `It could not be tried: ${appErrors[error.code].title} The secret itself may be fine.`;
}

/** The use itself was recorded before; a missing outcome must not hide what was found. */
async function keepOutcome(context: OrganizationContext, operation: StoredOperation, { works, message }: Tried) {
  try {
    await recordEvent(context, secretEvent(operation, "secret.try", works ? "succeeded" : "failed", { message }));
  } catch (error) {
    context.logger.error({ operationId: operation.id, err: error }, "The outcome of a trial could not be recorded");
  }
}
