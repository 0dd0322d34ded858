import type { Metadata } from "next";
import { z } from "zod";
import { CreateStart } from "@/components/service-accounts/create-start";
import { organizationPage } from "@/lib/auth/organization-page";

export const metadata: Metadata = { title: "Create a service account" };

const searchSchema = z.object({
  replaces: z.coerce.number().int().positive().nullable().catch(null).default(null),
  operation: z.string().max(64).nullable().catch(null).default(null),
});

type Props = { params: Promise<{ organizationId: string }>; searchParams: Promise<Record<string, unknown>> };

export default async function CreateServiceAccountPage({ params, searchParams }: Props) {
  const { key, apiBases } = await organizationPage(params);
  const { replaces, operation } = searchSchema.parse(await searchParams);
  return <CreateStart organizationKey={key} apiBases={apiBases} replaces={replaces} operationId={operation} />;
}
