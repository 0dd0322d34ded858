"use client";

import Link from "next/link";
import { useRef, useState } from "react";
import { useOperator } from "@/components/operator/operator-provider";
import { grantPhrase, RoleLabel } from "@/components/service-accounts/role-label";
import { Button } from "@/components/ui/button";
import { counted } from "@/components/ui/counted";
import { EmptyState } from "@/components/ui/empty-state";
import { SectionCard } from "@/components/ui/section-card";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "@/components/ui/table";
import { VirtualRows } from "@/components/ui/virtual-rows";
import type { AccountRow, MembershipView } from "@/lib/domain/inventory-view";
import { isRemovable } from "@/lib/domain/membership";
import { hasPermission, withinCeiling } from "@/lib/domain/operator";
import { pages } from "@/lib/paths/paths";
import { RemoveDialog } from "./remove-dialog";

type MembershipTableProps = { organizationKey: string; account: AccountRow; memberships: readonly MembershipView[] };

/** Where the account is, with which role and why; what cannot be taken away here says where it can. */
export function MembershipTable({ organizationKey, account, memberships }: MembershipTableProps) {
  const { role } = useOperator();
  const [removing, setRemoving] = useState<number | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const mayRemove = hasPermission(role, "membership:remove");
  return (
    <SectionCard title="Access" description={counted(memberships.length, "membership")} padded={false}>
      {memberships.length === 0 ? (
        <EmptyState kind="none-yet" title="In no project">
          It can sign in but reads no project's data.
        </EmptyState>
      ) : (
        <Table
          ref={scroller}
          label="Projects of this service account"
          rowCount={memberships.length + 1}
          className="max-h-120 rounded-none border-0"
        >
          <TableHead>
            <tr>
              <HeaderCell>Project</HeaderCell>
              <HeaderCell>Region</HeaderCell>
              <HeaderCell>Role</HeaderCell>
              <HeaderCell>Grant</HeaderCell>
              <HeaderCell align="end">
                <span className="sr-only">Action</span>
              </HeaderCell>
            </tr>
          </TableHead>
          <VirtualRows
            items={memberships}
            scroller={scroller}
            renderRow={(membership, index) => (
              <TableRow key={`${membership.projectId}:${membership.grant}`} aria-rowindex={index + 2}>
                <Cell className="max-w-72 truncate">
                  <Link
                    className="rounded-sm font-medium hover:underline"
                    href={pages.project(organizationKey, membership.projectId)}
                    prefetch={false}
                  >
                    {membership.projectName}
                  </Link>
                </Cell>
                <Cell>{membership.region.toUpperCase()}</Cell>
                <Cell>
                  <RoleLabel role={membership.role} grant={null} />
                </Cell>
                <Cell>{grantPhrase(membership.grant)}</Cell>
                <Cell align="end">
                  {!mayRemove ? null : isRemovable(membership.grant) ? (
                    <Button
                      size="sm"
                      variant="ghost"
                      disabledReason={
                        account.own
                          ? "This is the credential the console itself uses."
                          : withinCeiling(role, membership.role)
                            ? undefined
                            : "An administrator has to do this."
                      }
                      onClick={() => setRemoving(membership.projectId)}
                    >
                      Remove
                    </Button>
                  ) : (
                    <span className="text-ink-muted text-sm">Change it in Mixpanel</span>
                  )}
                </Cell>
              </TableRow>
            )}
          />
        </Table>
      )}
      {removing === null ? null : (
        <RemoveDialog
          organizationKey={organizationKey}
          accountIds={[account.id]}
          projectIds={[removing]}
          onClose={() => setRemoving(null)}
        />
      )}
    </SectionCard>
  );
}
