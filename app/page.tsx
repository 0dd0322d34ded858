import { redirect } from "next/navigation";
import { requireOperator } from "@/lib/auth/require-operator";
import { pages } from "@/lib/paths/paths";
import { appContext } from "@/lib/services/process";

/** One organization is opened at once; several are shown with what needs somebody in each. */
export default async function HomePage() {
  await requireOperator();
  const { organizations } = appContext();
  await organizations.refresh();
  const [only, ...others] = organizations.list();
  redirect(only && others.length === 0 ? pages.overview(only.key) : pages.organizations);
}
