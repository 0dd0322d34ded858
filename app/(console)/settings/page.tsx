import type { Metadata } from "next";
import { FeedList } from "@/components/settings/feed-list";
import { OrganizationCredentials } from "@/components/settings/organization-credentials";
import { OwnRole } from "@/components/settings/own-role";
import { OwnSessions } from "@/components/settings/own-sessions";
import { SessionTable } from "@/components/settings/session-table";
import { SetUpList } from "@/components/settings/set-up-list";
import { PageHeader } from "@/components/ui/page-header";
import { requireOperator } from "@/lib/auth/require-operator";
import { hasPermission } from "@/lib/domain/operator";
import { appContext } from "@/lib/services/process";
import { getSetUp } from "@/lib/services/settings/get-set-up";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const operator = await requireOperator();
  const setUp = hasPermission(operator.role, "organization:manage") ? await getSetUp(appContext()) : null;
  return (
    <>
      <PageHeader title="Settings" />
      <div className="grid gap-5">
        {setUp ? <SetUpList setUp={setUp} /> : null}
        {setUp ? <OrganizationCredentials /> : null}
        {setUp ? <SessionTable /> : null}
        <OwnSessions />
        <FeedList />
        <OwnRole role={operator.role} />
      </div>
    </>
  );
}
