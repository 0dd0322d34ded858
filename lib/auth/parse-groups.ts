import { z } from "zod";

/**
 * `overage`: the provider left the groups out because there are too many (Entra ID above 200). `missing`: the claim is not
 * there. `malformed`: it is there, but no list of names.
 */
export type GroupsReading =
  | { kind: "groups"; groups: string[] }
  | { kind: "overage" }
  | { kind: "missing" }
  | { kind: "malformed" };

const groupsSchema = z.array(z.string().min(1));
const claimsSchema = z.record(z.string(), z.unknown());

/** Reads the groups out of verified claims. Anything but a list of names gives no group at all, and says why. */
export function parseGroups(input: unknown, claimName: string): GroupsReading {
  const claims = claimsSchema.safeParse(input);
  if (!claims.success) return { kind: "malformed" };
  if (Object.hasOwn(claims.data, claimName)) {
    const groups = groupsSchema.safeParse(claims.data[claimName]);
    return groups.success ? { kind: "groups", groups: groups.data } : { kind: "malformed" };
  }
  // https://learn.microsoft.com/en-us/entra/identity-platform/id-token-claims-reference (groups overage claim)
  const elsewhere = claimsSchema.safeParse(claims.data._claim_names);
  if (elsewhere.success && Object.hasOwn(elsewhere.data, claimName)) return { kind: "overage" };
  return claims.data.hasgroups === true || claims.data.hasgroups === "true" ? { kind: "overage" } : { kind: "missing" };
}
