import { decodeJwt } from "jose";
import { z } from "zod";
import { parseGroups } from "./parse-groups";

type AskUserinfo = (accessToken: string) => Promise<unknown>;

/**
 * The claims of a sign-in. next-auth has verified the ID token by now. Where it holds no groups at all, the userinfo
 * endpoint may add them, but nothing that the ID token says already.
 */
export async function claimsOf(
  tokens: { id_token?: string; access_token?: string },
  groupsClaim: string,
  askUserinfo: AskUserinfo,
): Promise<{ sub: string; [name: string]: unknown }> {
  const claims = z.looseObject({ sub: z.string().min(1) }).parse(decodeJwt(tokens.id_token ?? ""));
  if (parseGroups(claims, groupsClaim).kind !== "missing" || !tokens.access_token) return claims;
  const userinfo = z.looseObject({ sub: z.literal(claims.sub) });
  const more = userinfo.safeParse(await askUserinfo(tokens.access_token).catch(() => null));
  return more.success ? { ...more.data, ...claims } : claims;
}
