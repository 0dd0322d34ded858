import { notFound } from "next/navigation";
import { AppError } from "@/lib/domain/app-error";
import { type OrganizationFacts, organizationFacts } from "@/lib/services/organizations/organization-facts";
import { appContext } from "@/lib/services/process";
import { requireOperator } from "./require-operator";

/** The organization in a page's address, for a signed-in operator; an unknown one ends in the not-found page. */
export async function organizationPage(params: Promise<{ organizationId: string }>): Promise<OrganizationFacts> {
  await requireOperator();
  const { organizationId } = await params;
  try {
    return await organizationFacts(appContext(), decodeURIComponent(organizationId));
  } catch (error) {
    if (error instanceof AppError || error instanceof URIError) notFound();
    throw error;
  }
}

/** A numeric id in a page's address; anything else ends in the not-found page. */
export function idInAddress(text: string): number {
  const id = Number(text);
  if (!/^\d{1,15}$/.test(text) || id === 0) notFound();
  return id;
}
