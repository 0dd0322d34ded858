import { loadAllAnnotations } from "@/lib/db/annotations";
import { inTransaction } from "@/lib/db/in-transaction";
import { loadAccounts } from "@/lib/db/inventory";
import { insertCampaign } from "@/lib/db/rotation-campaigns";
import { listOpenRotations } from "@/lib/db/rotations";
import { findAccountIds } from "@/lib/db/service-accounts";
import { AppError } from "@/lib/domain/app-error";
import { endOfUtcDay } from "@/lib/domain/expiry-preset";
import { accountQuerySchema } from "@/lib/domain/list-query";
import type { CampaignInput, CampaignView } from "@/lib/domain/rotation-view";
import { recordEvent } from "@/lib/services/audit/record";
import type { OrganizationContext } from "@/lib/services/context";
import { requireOperator } from "@/lib/services/operations/require-operator";
import { broughtAbout, noteBroughtAbout } from "@/lib/services/organizations/once";
import { recorded } from "@/lib/services/rotations/rotation-run";
import { getCampaign } from "./get";

type Request = { context: OrganizationContext; input: CampaignInput; idempotencyKey: string };
const MEMBERS_MAX = 500;

/** Writes down which accounts are to be rotated by when. It changes none of them: each is rotated by a person. */
export async function createCampaign({ context, input, idempotencyKey: key }: Request): Promise<CampaignView> {
  const actor = requireOperator(context, "account:rotate");
  const { database, organization, now, newId } = context;
  const intention = { actor, key, request: { act: "campaign", organizationKey: organization.key, ...input } };
  const earlier = await recorded(() => broughtAbout(context, intention));
  if (earlier !== null) return getCampaign({ context, campaignId: earlier });
  const dueAt = endOfUtcDay(input.dueOn);
  if (dueAt === null || dueAt <= now().toISOString()) {
    throw new AppError("bad_request", { fields: { dueOn: "Choose a day that is still to come." } });
  }
  const members = await choose(context, input);
  const [id, at, by] = [newId(), now().toISOString(), actor.operator.name];
  await recorded(() =>
    inTransaction(database, async (transaction) => {
      const detail = { campaign: id, name: input.name, dueAt, members: members.map((member) => member.id) };
      await recordEvent(
        context,
        {
          action: "rotation.campaign",
          outcome: "succeeded",
          organizationKey: organization.key,
          targetKind: "organization",
          targetId: organization.key,
          targetName: organization.name,
          detail,
        },
        transaction,
      );
      await noteBroughtAbout(context, transaction, intention, id);
      await insertCampaign(transaction, {
        id,
        organization_key: organization.key,
        name: input.name,
        chosen_by: inWords(input),
        due_at: dueAt,
        members: JSON.stringify(members),
        started_by: by,
        started_at: at,
      });
    }),
  );
  return getCampaign({ context, campaignId: id });
}

/** The accounts as they are chosen now, without the console's own and what has just been issued. The list stays as it is when tags change later. */
async function choose(
  context: OrganizationContext,
  { chosenBy }: CampaignInput,
): Promise<{ id: number; name: string }[]> {
  const { database, organization } = context;
  const rows = await loadAccounts(database, organization.key, await idsOf(context, chosenBy));
  const open = await listOpenRotations(database, organization.key);
  const fresh = new Set(open.map(({ replacementId }) => replacementId));
  const others = rows.filter(({ id, username }) => username !== organization.credentialUsername && !fresh.has(id));
  if (others.length > 0 && others.length <= MEMBERS_MAX) return others.map(({ id, name }) => ({ id, name }));
  const reason =
    others.length === 0
      ? "No service account is chosen by this."
      : `${others.length} are too many: at most ${MEMBERS_MAX}.`;
  throw new AppError("bad_request", { reason, fields: { chosenBy: reason } });
}

async function idsOf(
  { database, organization, now }: OrganizationContext,
  chosenBy: CampaignInput["chosenBy"],
): Promise<number[]> {
  if (chosenBy.kind === "selection") return [...new Set(chosenBy.accountIds)];
  if (chosenBy.kind === "search") {
    const query = accountQuerySchema.parse({ search: chosenBy.search.toLowerCase() });
    return findAccountIds(database, organization.key, query, now());
  }
  const annotations = await loadAllAnnotations(database, organization.key);
  return [...annotations].filter(([, { tags }]) => tags.includes(chosenBy.tag)).map(([id]) => id);
}

function inWords({ chosenBy }: CampaignInput): string {
  if (chosenBy.kind === "tag") return `Everything tagged ${chosenBy.tag}`;
  return chosenBy.kind === "search" ? `Everything that matches "${chosenBy.search}"` : "Chosen one by one";
}
