import { columnVisibilityFeature, createColumnHelper, tableFeatures } from "@tanstack/react-table";
import Link from "next/link";
import { RelativeTime } from "@/components/ui/relative-time";
import type { AccountListRow } from "@/lib/domain/inventory-view";
import type { AccountQuery } from "@/lib/domain/list-query";
import { pages } from "@/lib/paths/paths";
import { Creator } from "./creator";
import { ExpiryBadge } from "./expiry-badge";
import { OwnBadge } from "./own-badge";
import { RoleLabel } from "./role-label";
import { RotateByTime } from "./rotate-by-time";
import { TagList } from "./tag-list";
import { UsageSparkline } from "./usage-sparkline";
import { Username } from "./username";

export const accountFeatures = tableFeatures({ columnVisibilityFeature });
const column = createColumnHelper<typeof accountFeatures, AccountListRow>();

type ColumnHead = { title: string; sort?: AccountQuery["sort"]; align?: "end" };

/** Heads and the sort that each asks of the database. */
export const columnHeads: Record<string, ColumnHead> = {
  name: { title: "Name", sort: "name" },
  expires: { title: "Expires", sort: "expires" },
  rotateBy: { title: "Start rotation by", sort: "rotateBy" },
  lastUsed: { title: "Last used", sort: "lastUsed" },
  usage: { title: "Use over a year" },
  role: { title: "Highest role", sort: "role" },
  projects: { title: "Projects", sort: "projects", align: "end" },
  owner: { title: "Owner", sort: "owner" },
  created: { title: "Created", sort: "created" },
  tags: { title: "Tags" },
  creator: { title: "Creator", sort: "creator" },
};

const quiet = (text: string) => <span className="text-ink-muted">{text}</span>;

export function accountColumns(organizationKey: string) {
  return column.columns([
    column.display({
      id: "name",
      cell: ({ row: { original: account } }) => (
        <span className="flex min-w-0 max-w-40 items-center gap-2 sm:max-w-80">
          <Username name={account.name} suffix={account.suffix}>
            <Link
              className="rounded-sm font-medium hover:underline"
              href={pages.serviceAccount(organizationKey, account.id)}
              prefetch={false}
              data-row-link
            >
              {account.name}
            </Link>
          </Username>
          {account.own ? <OwnBadge /> : null}
        </span>
      ),
    }),
    column.display({
      id: "expires",
      cell: ({ row: { original } }) => (
        <span className="flex items-center gap-2">
          <ExpiryBadge expiresAt={original.expiresAt} />
          {original.expiresAt ? <RelativeTime at={original.expiresAt} remote /> : null}
        </span>
      ),
    }),
    column.display({ id: "rotateBy", cell: ({ row: { original } }) => <RotateByTime account={original} /> }),
    column.display({
      id: "lastUsed",
      cell: ({ row: { original } }) =>
        original.lastUsedAt ? <RelativeTime at={original.lastUsedAt} remote /> : quiet("Never used"),
    }),
    column.display({
      id: "usage",
      cell: ({ row: { original } }) =>
        original.usage.daysSeen === 0 ? null : <UsageSparkline usage={original.usage} />,
    }),
    column.display({
      id: "role",
      cell: ({ row: { original } }) => <RoleLabel role={original.highestRole} grant={original.highestGrant} />,
    }),
    column.display({
      id: "projects",
      cell: ({ row: { original } }) => (original.projectCount === 0 ? quiet("none") : original.projectCount),
    }),
    column.display({
      id: "owner",
      cell: ({ row: { original } }) =>
        original.owner ? (
          <span className="block max-w-40 truncate" dir="auto" title={original.owner}>
            {original.owner}
          </span>
        ) : (
          quiet("Nobody recorded")
        ),
    }),
    column.display({
      id: "created",
      cell: ({ row: { original } }) =>
        original.createdAt ? <RelativeTime at={original.createdAt} remote /> : quiet("Unknown"),
    }),
    column.display({ id: "tags", cell: ({ row: { original } }) => <TagList tags={original.tags} max={3} /> }),
    column.display({ id: "creator", cell: ({ row: { original } }) => <Creator account={original} /> }),
  ]);
}
