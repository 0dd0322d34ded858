import { ArrowRight, Plus } from "lucide-react";
import type { OrganizationView } from "@/lib/domain/inventory-view";
import { hasPermission, type OperatorRole } from "@/lib/domain/operator";
import { pages } from "@/lib/paths/paths";

const page = <ArrowRight aria-hidden />;

/** Where one can go and what one may start, for this role in this organization. */
export function paletteCommands(
  organizations: readonly OrganizationView[],
  current: string | null,
  role: OperatorRole,
) {
  const inside =
    current === null
      ? []
      : [
          ...(hasPermission(role, "account:create")
            ? [
                {
                  href: pages.createServiceAccount(current),
                  label: "Create a service account",
                  icon: <Plus aria-hidden />,
                },
              ]
            : []),
          { href: pages.overview(current), label: "Overview", icon: page },
          { href: pages.serviceAccounts(current), label: "Service accounts", icon: page },
          { href: pages.serviceAccounts(current, "expiry=expired"), label: "Expired service accounts", icon: page },
          {
            href: pages.serviceAccounts(current, "expiry=critical,warning"),
            label: "Expiring within 30 days",
            icon: page,
          },
          {
            href: pages.serviceAccounts(current, "usage=never_used,unused_90,silent"),
            label: "Unused service accounts",
            icon: page,
          },
          {
            href: pages.serviceAccounts(current, "rotation=7&sort=rotateBy"),
            label: "Rotations to start this week",
            icon: page,
          },
          { href: pages.findings(current), label: "Findings", icon: page },
          { href: pages.policy(current), label: "Policy", icon: page },
          { href: pages.projects(current), label: "Projects", icon: page },
          { href: pages.access(current), label: "Access matrix", icon: page },
          { href: pages.rotations(current), label: "Rotations", icon: page },
          { href: pages.unfinished(current), label: "Unfinished changes", icon: page },
          { href: pages.notifications(current), label: "Notifications", icon: page },
          { href: pages.auditLog(current), label: "Audit log", icon: page },
        ];
  const others = organizations
    .filter(({ key }) => key !== current)
    .map(({ key, name }) => ({ href: pages.overview(key), label: `Go to ${name}`, icon: page }));
  return [
    ...inside,
    ...others,
    { href: pages.organizations, label: "Organizations", icon: page },
    { href: pages.settings, label: "Settings", icon: page },
  ];
}
