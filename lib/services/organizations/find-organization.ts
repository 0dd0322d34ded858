import { AppError } from "@/lib/domain/app-error";
import type { AppContext, ConnectedOrganization } from "@/lib/services/context";

/** The organization of an address; throws `not_found`. */
export async function findOrganization(
  { organizations }: Pick<AppContext, "organizations">,
  key: string,
): Promise<ConnectedOrganization> {
  const organization = await organizations.resolve(key);
  if (!organization) throw new AppError("not_found", { reason: "No such organization is set up here." });
  return organization;
}
