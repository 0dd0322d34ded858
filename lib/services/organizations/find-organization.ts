import { AppError } from "@/lib/domain/app-error";
import type { AppContext, ConnectedOrganization } from "@/lib/services/context";

/** The configured organization of an address; throws `not_found`. */
export function findOrganization(
  { organizations }: Pick<AppContext, "organizations">,
  key: string,
): ConnectedOrganization {
  const organization = organizations.find(key);
  if (!organization) throw new AppError("not_found", { reason: "No such organization is set up here." });
  return organization;
}
