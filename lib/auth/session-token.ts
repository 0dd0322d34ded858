import { decode } from "next-auth/jwt";
import { z } from "zod";

const payloadSchema = z.object({ sid: z.string().min(32).max(100) });

/** The session's identifier in the sealed cookie; null for anything we did not seal. The cookie carries nothing else. */
export async function sessionIdOf(token: string | undefined, secret: string): Promise<string | null> {
  if (!token) return null;
  try {
    return payloadSchema.parse(await decode({ token, secret })).sid;
  } catch {
    return null;
  }
}
