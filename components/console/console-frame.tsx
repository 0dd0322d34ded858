"use client";

import { useQuery } from "@tanstack/react-query";
import {
  BellRing,
  Building2,
  ClipboardList,
  FolderOpen,
  Gauge,
  Grid3x3,
  KeyRound,
  RefreshCw,
  RotateCcwKey,
  Settings,
  ShieldAlert,
} from "lucide-react";
import { useParams } from "next/navigation";
import { type ReactNode, useMemo } from "react";
import { CommandPalette } from "@/components/command-menu/command-palette";
import { AppShell } from "@/components/layout/app-shell";
import type { NavigationSection } from "@/components/layout/side-navigation";
import { DownBanner } from "@/components/notifications/down-banner";
import { OperatorMenu } from "@/components/operator/operator-menu";
import { OperatorProvider } from "@/components/operator/operator-provider";
import { OrganizationSwitcher } from "@/components/organizations/organization-switcher";
import { Badge } from "@/components/ui/badge";
import { RemoteClockProvider } from "@/components/ui/now-provider";
import { HelpMenu } from "@/components/walkthrough/help-menu";
import { WalkthroughProvider } from "@/components/walkthrough/walkthrough-provider";
import { organizationsQuery } from "@/lib/api-client/organizations";
import { overviewQuery } from "@/lib/api-client/overview";
import { syncQuery } from "@/lib/api-client/sync";
import type { Operator } from "@/lib/domain/operator";
import { pages } from "@/lib/paths/paths";
import { ReadinessBanner } from "./readiness-banner";

type ConsoleFrameProps = { operator: Operator; children: ReactNode };

/** Everything around a signed-in page: navigation of the organization in the address, search, help, who is signed in. */
export function ConsoleFrame({ operator, children }: ConsoleFrameProps) {
  const { organizationId } = useParams<{ organizationId?: string }>();
  const { data } = useQuery(organizationsQuery());
  const organizations = data?.organizations ?? [];
  const organizationKey = organizationId ? decodeURIComponent(organizationId) : null;
  const fallback = organizationKey ?? organizations[0]?.key ?? null;
  const navigation = useNavigation(organizationKey);
  const sync = useQuery({ ...syncQuery(organizationKey ?? ""), enabled: organizationKey !== null });
  const clockSkewMs = sync.data?.clockSkewMs ?? 0;

  return (
    <OperatorProvider operator={operator}>
      <WalkthroughProvider organizationKey={fallback}>
        <AppShell
          home={organizationKey ? pages.overview(organizationKey) : pages.organizations}
          navigation={navigation}
          organizationSwitcher={<OrganizationSwitcher organizations={organizations} current={organizationKey} />}
          search={<CommandPalette organizations={organizations} current={fallback} />}
          help={<HelpMenu />}
          operatorMenu={<OperatorMenu />}
          banner={
            <>
              <ReadinessBanner />
              {organizationKey === null ? null : <DownBanner organizationKey={organizationKey} />}
            </>
          }
        >
          <RemoteClockProvider aheadMs={clockSkewMs}>{children}</RemoteClockProvider>
        </AppShell>
      </WalkthroughProvider>
    </OperatorProvider>
  );
}

function useNavigation(key: string | null): NavigationSection[] {
  const overview = useQuery({ ...overviewQuery(key ?? ""), enabled: key !== null });
  const unfinished = overview.data?.counts.unfinished ?? 0;
  const critical = overview.data?.findings.critical ?? 0;
  return useMemo(() => {
    const general = {
      items: [
        { href: pages.organizations, label: "Organizations", icon: <Building2 aria-hidden />, exact: true },
        { href: pages.settings, label: "Settings", icon: <Settings aria-hidden /> },
      ],
    };
    if (key === null) return [general];
    return [
      {
        items: [
          { href: pages.overview(key), label: "Overview", icon: <Gauge aria-hidden />, exact: true },
          { href: pages.serviceAccounts(key), label: "Service accounts", icon: <KeyRound aria-hidden /> },
          {
            href: pages.findings(key),
            label: "Findings",
            icon: <ShieldAlert aria-hidden />,
            trailing: countBadge(critical),
          },
          { href: pages.projects(key), label: "Projects", icon: <FolderOpen aria-hidden /> },
          { href: pages.access(key), label: "Access", icon: <Grid3x3 aria-hidden /> },
          { href: pages.rotations(key), label: "Rotations", icon: <RefreshCw aria-hidden /> },
          {
            href: pages.unfinished(key),
            label: "Unfinished",
            icon: <RotateCcwKey aria-hidden />,
            trailing: countBadge(unfinished),
          },
          { href: pages.notifications(key), label: "Notifications", icon: <BellRing aria-hidden /> },
          { href: pages.auditLog(key), label: "Audit log", icon: <ClipboardList aria-hidden /> },
        ],
      },
      { label: "Keywarden", ...general },
    ];
  }, [key, unfinished, critical]);
}

/** How many need somebody, at the end of a line of the navigation. */
function countBadge(count: number): ReactNode {
  return count > 0 ? (
    <Badge tone="critical" icon={null}>
      {count.toLocaleString("en")}
    </Badge>
  ) : null;
}
