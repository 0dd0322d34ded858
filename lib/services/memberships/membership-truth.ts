import type { NewOperation } from "@/lib/db/operations";
import { highestMembership, isRemovable, type Membership } from "@/lib/domain/membership";
import { type AccountOutcome, membershipInputSchema } from "@/lib/domain/operation-detail";
import { roleRank } from "@/lib/domain/role";
import type { OrganizationContext } from "@/lib/services/context";
import { type RereadProject, rereadProjects } from "@/lib/services/inventory/reread";
import { projectIdOf } from "@/lib/services/operations/accounts-of";
import { grantWords } from "./grant-words";

type Held = Pick<Membership, "role" | "grant">;

/** Reads the project of a membership change again and says for each account whether the change is there. Throws an AppError. */
export async function readMembershipTruth(
  context: OrganizationContext,
  operation: Pick<NewOperation, "projectId" | "input">,
): Promise<AccountOutcome[]> {
  const { accounts, role } = membershipInputSchema.parse(operation.input);
  const readings = await rereadProjects(context, [projectIdOf(operation)]);
  const members = [...readings.values()].flatMap(membersOf);
  return accounts.map(({ id }) => {
    const held = members.filter((member) => member.accountId === id);
    return { id, ...(role === null ? removalTruth(held) : assignmentTruth(held, role)) };
  });
}

function membersOf(reading: RereadProject): Membership[] {
  if ("error" in reading) throw reading.error;
  return reading.members;
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
  const stronger = held.find(({ role }) => roleRank(role) > roleRank(wanted));
  const message = stronger
    ? `It has ${stronger.role} here through ${grantWords(stronger.grant)}, which counts more.`
    : null;
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
