import { z } from "zod";
import type { Membership } from "@/lib/domain/membership";
import type { ServiceAccount } from "@/lib/domain/service-account";
import { orNull, unwrap, wireId, wireInstant, wireText } from "./wire-values";

/** Stands for a role or grant that was not readable text: shown as it is, ranked like a custom role, never removable. */
export const UNREADABLE = "unknown";

/** https://developer.mixpanel.com/reference/list-service-accounts, with the fields beside it that answers carry. */
const accountShape = {
  id: wireId,
  username: wireText.pipe(z.string().min(1)),
  creator: orNull(wireId),
  creator_name: orNull(wireText),
  creator_email: orNull(wireText),
  created: wireInstant,
  expires: wireInstant,
  last_used: wireInstant,
};
const wireAccount = z.object(accountShape);

function toAccount(wire: z.infer<typeof wireAccount>): ServiceAccount {
  return {
    id: wire.id,
    username: wire.username,
    creatorId: wire.creator,
    creatorName: wire.creator_name,
    creatorEmail: wire.creator_email,
    createdAt: wire.created,
    expiresAt: wire.expires,
    lastUsedAt: wire.last_used,
  };
}

const accountSchema = wireAccount.transform(toAccount);

/** One account per id, in order. Two names under one id contradict each other: then nothing of the answer is trusted. */
function distinct(accounts: ServiceAccount[], context: z.RefinementCtx): ServiceAccount[] {
  const byId = new Map<number, ServiceAccount>();
  for (const account of accounts) {
    const known = byId.get(account.id);
    if (known && known.username !== account.username) context.addIssue({ code: "custom", message: "ambiguous id" });
    if (!known) byId.set(account.id, account);
  }
  return [...byId.values()];
}

export const accountListAnswer = z.preprocess(unwrap, z.array(accountSchema).transform(distinct));
export const accountAnswer = z.preprocess(unwrap, accountSchema);

export const createdAccountAnswer = z.preprocess(
  unwrap,
  z
    .object({ ...accountShape, token: z.string().min(1).max(1_024) })
    .transform((wire) => ({ account: toAccount(wire), secret: wire.token })),
);

const memberSchema = z.object({
  ...accountShape,
  role: wireText.catch(UNREADABLE),
  target_type: wireText.catch(UNREADABLE),
  hasSensitiveAccess: orNull(z.boolean()),
});

/** A project's members. An account may be there by several grants: it is one account with several memberships. */
export function memberListAnswer(projectId: number) {
  return z.preprocess(
    unwrap,
    z.array(memberSchema).transform((members, context) => ({
      accounts: distinct(members.map(toAccount), context),
      memberships: members.map(
        (member): Membership => ({
          projectId,
          accountId: member.id,
          role: member.role,
          grant: member.target_type,
          sensitiveAccess: member.hasSensitiveAccess,
        }),
      ),
    })),
  );
}

/** What a write without content answers. */
export const acknowledgement = z.object({ status: z.literal("ok") }).transform(() => null);
