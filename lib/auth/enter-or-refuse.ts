import { z } from "zod";
import { type OperatorRole, roleOfGroups } from "@/lib/domain/operator";
import type { AppContext } from "@/lib/services/context";
import { type RefusalReason, refuseSession } from "@/lib/services/sessions/refuse";
import type { Identity } from "@/lib/services/sessions/start";
import { parseGroups } from "./parse-groups";

export type Entry = { identity: Identity; role: OperatorRole; refreshToken: string | null; authenticatedAt: Date };
type Answer = { entered: true; entry: Entry } | { entered: false; reason: RefusalReason };
type SignIn = { claims: unknown; refreshToken: string | null; address: string | null };

const NAME_MAX = 200;
const claimsSchema = z.looseObject({
  sub: z.string().min(1).max(255),
  name: z.string().optional().catch(undefined),
  preferred_username: z.string().optional().catch(undefined),
  email: z.string().optional().catch(undefined),
  auth_time: z.number().optional().catch(undefined),
});

/** Decides by verified claims whether somebody comes in and as what. A refusal is recorded. */
export async function enterOrRefuse(
  context: AppContext,
  { claims: input, refreshToken, address }: SignIn,
): Promise<Answer> {
  const { signIn } = context.environment;
  const claims = claimsSchema.parse(input);
  const identity: Identity = {
    issuer: signIn.issuer,
    subject: claims.sub,
    name: (claims.name || claims.preferred_username || claims.email || claims.sub).slice(0, NAME_MAX),
    email: claims.email?.slice(0, NAME_MAX) ?? null,
  };
  const reading = parseGroups(claims, signIn.groupsClaim);
  const role = reading.kind === "groups" ? roleOfGroups(reading.groups, signIn.groups) : null;
  if (role === null) {
    const reason = reading.kind === "groups" ? "no_role" : reading.kind;
    await refuseSession({ context, input: { identity, reason, address } });
    return { entered: false, reason };
  }
  const authenticatedAt = authenticationTime(claims.auth_time, context.now());
  return { entered: true, entry: { identity, role, refreshToken, authenticatedAt } };
}

/** When the person proved who they are. A provider that does not tell counts from now, and never from the future. */
function authenticationTime(authTime: number | undefined, now: Date): Date {
  if (authTime === undefined) return now;
  return new Date(Math.min(Math.max(0, authTime * 1000), now.getTime()));
}
