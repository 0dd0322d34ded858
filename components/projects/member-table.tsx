"use client";

import Link from "next/link";
import { useRef, useState } from "react";
import { RemoveDialog } from "@/components/memberships/remove-dialog";
import { useOperator } from "@/components/operator/operator-provider";
import { ExpiryBadge } from "@/components/service-accounts/expiry-badge";
import { OwnBadge } from "@/components/service-accounts/own-badge";
import { grantPhrase, RoleLabel } from "@/components/service-accounts/role-label";
import { Username } from "@/components/service-accounts/username";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { SectionCard } from "@/components/ui/section-card";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "@/components/ui/table";
import { VirtualRows } from "@/components/ui/virtual-rows";
import type { ProjectDetail } from "@/lib/domain/inventory-view";
import { isRemovable } from "@/lib/domain/membership";
import { hasPermission, withinCeiling } from "@/lib/domain/operator";
import { pages } from "@/lib/paths/paths";

type Member = ProjectDetail["members"][number];
type MemberTableProps = { organizationKey: string; projectId: number; members: readonly Member[]; total: number };

export function MemberTable({ organizationKey, projectId, members, total }: MemberTableProps) {
  const { role } = useOperator();
  const [removing, setRemoving] = useState<number | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const mayRemove = hasPermission(role, "membership:remove");

  function action(member: Member) {
    if (!mayRemove) return null;
    if (!isRemovable(member.grant)) return <span className="text-ink-muted text-sm">Change it in Mixpanel</span>;
    const tooStrong = !withinCeiling(role, member.role) ? "An administrator has to do this." : undefined;
    return (
      <Button
        size="sm"
        variant="ghost"
        disabledReason={member.own ? "This is the credential the console itself uses." : tooStrong}
        onClick={() => setRemoving(member.id)}
      >
        Remove
      </Button>
    );
  }

  return (
    <SectionCard
      title="Members"
      description={members.length < total ? `The first ${members.length} of ${total}.` : `${total} in all.`}
      padded={false}
    >
      {members.length === 0 ? (
        <EmptyState kind="none-yet" title="No service account reaches this project" />
      ) : (
        <Table
          ref={scroller}
          label="Members of this project"
          rowCount={members.length + 1}
          className="max-h-160 rounded-none border-0"
        >
          <TableHead>
            <tr>
              <HeaderCell>Service account</HeaderCell>
              <HeaderCell>Role</HeaderCell>
              <HeaderCell>Grant</HeaderCell>
              <HeaderCell>Expires</HeaderCell>
              <HeaderCell>Last used</HeaderCell>
              <HeaderCell align="end">
                <span className="sr-only">Action</span>
              </HeaderCell>
            </tr>
          </TableHead>
          <VirtualRows
            items={members}
            scroller={scroller}
            renderRow={(member, index) => (
              <TableRow key={`${member.id}:${member.grant}`} aria-rowindex={index + 2}>
                <Cell className="max-w-md">
                  <span className="flex items-center gap-2">
                    <Username name={member.name} suffix={member.suffix}>
                      <Link
                        className="rounded-sm font-medium hover:underline"
                        href={pages.serviceAccount(organizationKey, member.id)}
                        prefetch={false}
                      >
                        {member.name}
                      </Link>
                    </Username>
                    {member.own ? <OwnBadge /> : null}
                  </span>
                </Cell>
                <Cell>
                  <RoleLabel role={member.role} grant={null} />
                </Cell>
                <Cell>{grantPhrase(member.grant)}</Cell>
                <Cell>
                  <ExpiryBadge expiresAt={member.expiresAt} />
                </Cell>
                <Cell>
                  {member.lastUsedAt ? (
                    <RelativeTime at={member.lastUsedAt} remote />
                  ) : (
                    <span className="text-ink-muted">Never used</span>
                  )}
                </Cell>
                <Cell align="end">{action(member)}</Cell>
              </TableRow>
            )}
          />
        </Table>
      )}
      {removing === null ? null : (
        <RemoveDialog
          organizationKey={organizationKey}
          accountIds={[removing]}
          projectIds={[projectId]}
          onClose={() => setRemoving(null)}
        />
      )}
    </SectionCard>
  );
}
