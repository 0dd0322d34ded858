import type { NewOperation } from "@/lib/db/operations";
import { AppError } from "@/lib/domain/app-error";
import { highestMembership, isRemovable, type Membership } from "@/lib/domain/membership";
import { type AccountOutcome, membershipInputSchema } from "@/lib/domain/operation-detail";
import type { OrganizationContext } from "@/lib/services/context";
import { rereadProjects } from "@/lib/services/inventory/reread";
import { grantWords } from "./grant-words";

type Held = Pick<Membership, "role" | "grant">;

/** Reads the project of a membership change again and says for each account whether the change is there. Throws an AppError. */
export async function readMembershipTruth(
  context: OrganizationContext,
  operation: Pick<NewOperation, "projectId" | "input">,
): Promise<AccountOutcome[]> {
  const { accounts, role } = membershipInputSchema.parse(operation.input);
  const projectId = operation.projectId ?? 0;
  const reading = (await rereadProjects(context, [projectId])).get(projectId);
  if (!reading || "error" in reading) throw reading?.error ?? new AppError("not_found");
  return accounts.map(({ id }) => {
    const held = reading.members.filter((member) => member.accountId === id);
    return { id, ...(role === null ? removalTruth(held) : assignmentTruth(held, role)) };
  });
}

function assignmentTruth(held: readonly Held[], wanted: string): Omit<AccountOutcome, "id"> {
  const individual = held.find(({ grant }) => isRemovable(grant));
  if (!individual) {
    const message = "Mixpanel does not show this service account in the project.";
    return { outcome: "failed", role: null, message };
  }
  if (individual.role !== wanted) {
    return { outcome: "failed", role: individual.role, message: `Mixpanel shows ${individual.role} instead.` };
  }
  const highest = highestMembership(held) ?? individual;
  const message =
    highest.role === wanted
      ? null
      : `It has ${highest.role} here through ${grantWords(highest.grant)}, which counts more.`;
  return { outcome: "done", role: individual.role, message };
}

function removalTruth(held: readonly Held[]): Omit<AccountOutcome, "id"> {
  const individual = held.find(({ grant }) => isRemovable(grant));
  if (individual) {
    return { outcome: "failed", role: individual.role, message: "Mixpanel still shows the individual grant." };
  }
  const other = highestMembership(held);
  if (!other) return { outcome: "done", role: null, message: null };
  const message = `It still has ${other.role} here through ${grantWords(other.grant)}: change that in Mixpanel.`;
  return { outcome: "done", role: other.role, message };
}
