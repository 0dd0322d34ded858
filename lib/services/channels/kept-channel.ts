import { randomBytes } from "node:crypto";
import { type ChannelRow, findChannel } from "@/lib/db/notification-channels";
import { AppError } from "@/lib/domain/app-error";
import type { OrganizationContext } from "@/lib/services/context";
import { refusalOf } from "@/lib/services/delivery/address-guard";

/** Throws `not_found`. */
export async function getChannel(
  { database, organization }: Pick<OrganizationContext, "database" | "organization">,
  id: string,
): Promise<ChannelRow> {
  const row = await findChannel(database, organization.key, id);
  if (!row) throw new AppError("not_found", { reason: "This channel was removed." });
  return row;
}

/** Throws `bad_request` where messages may not go to this address. */
export function assertAddress({ environment }: Pick<OrganizationContext, "environment">, url: string): void {
  const refusal = refusalOf(new URL(url), environment.notifications.allowedHosts);
  if (refusal !== null) throw new AppError("bad_request", { fields: { url: refusal } });
}

/** In the form of https://www.standardwebhooks.com: 32 random bytes. */
export function newSigningSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}
