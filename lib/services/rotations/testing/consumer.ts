import { askUpstream } from "@/e2e/upstream";
import type { IssuedAnswer } from "@/lib/domain/rotation-view";
import type { OrganizationContext } from "@/lib/services/context";
import { startRotation } from "@/lib/services/rotations/start";
import { createServiceAccount } from "@/lib/services/service-accounts/create";
import { manager, type Stage } from "@/lib/services/testing/stage";

export type Credential = { id: number; username: string; secret: string };
const DAY_MS = 86_400_000;

/** An account that somebody works with, made through the console so that its secret is known to the test. */
export async function makeAccount(
  stage: Stage,
  name: string,
  { projects = 2, expiresInDays = 200 } = {},
): Promise<Credential> {
  const rows = await stage.database.selectFrom("projects").select("id").orderBy("id").limit(projects).execute();
  const expiresAt = new Date(stage.now().getTime() + expiresInDays * DAY_MS).toISOString();
  const created = await createServiceAccount({
    context: stage.as(manager),
    input: {
      name,
      purpose: "Exports for the warehouse",
      role: "consumer",
      expiresAt,
      neverReason: "",
      projects: rows.map(({ id }, index) => ({ id, role: index === 0 ? "analyst" : "consumer" })),
    },
    idempotencyKey: stage.newKey(),
  });
  return credentialOf(created);
}

/** What a program gets that signs in to Mixpanel with this secret. */
export async function signInWith(stage: Stage, { username, secret }: Credential): Promise<number> {
  return (await askUpstream(stage.simulator.url, { username, secret }, { path: "/me" })).status;
}

export function rotate(stage: Stage, accountId: number, context: OrganizationContext = stage.as(manager)) {
  return startRotation({ context, input: { accountId, campaignId: null }, idempotencyKey: stage.newKey() });
}

/** The replacement with its secret; throws where none was issued. */
export function issuedOf({ created }: IssuedAnswer): Credential {
  return credentialOf(created);
}

function credentialOf(created: IssuedAnswer["created"]): Credential {
  if (!created?.secret) throw new Error("There is no account with a secret.");
  return { id: created.account.id, username: created.account.username, secret: created.secret };
}
