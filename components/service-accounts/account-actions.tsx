"use client";

import { FolderPlus, Trash2 } from "lucide-react";
import { AssignDialog } from "@/components/memberships/assign-dialog";
import { useOperator } from "@/components/operator/operator-provider";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import type { AccountDetail } from "@/lib/domain/inventory-view";
import { hasPermission, withinCeiling } from "@/lib/domain/operator";
import { pages } from "@/lib/paths/paths";
import { DeleteDialog } from "./delete-dialog";

export type AccountDialog = "assign" | "delete" | null;
type AccountActionsProps = {
  organizationKey: string;
  detail: AccountDetail;
  /** Which dialog is open; kept by the page, which stays for as long as one is. */
  dialog: AccountDialog;
  setDialog: (dialog: AccountDialog) => void;
  onDeleted: () => void;
};

/** What this operator can do with the account; what cannot be done says why on its button. */
export function AccountActions({ organizationKey, detail, dialog, setDialog, onDeleted }: AccountActionsProps) {
  const { role } = useOperator();
  const { account, organizationRole, pending } = detail;
  if (!hasPermission(role, "account:delete")) return null;

  const strongest = [account.highestRole, organizationRole].filter((each) => each !== null);
  const tooStrong = strongest.some((each) => !withinCeiling(role, each));
  const busy = pending.some(({ state }) => state === "prepared" || state === "sent");
  const blocked = busy
    ? "Another change to this account is under way."
    : tooStrong
      ? "It holds a role above analyst: an administrator has to do this."
      : undefined;
  return (
    <>
      <LinkButton href={`${pages.createServiceAccount(organizationKey)}?replaces=${account.id}`}>
        Create a replacement
      </LinkButton>
      <Button icon={<FolderPlus aria-hidden />} disabledReason={blocked} onClick={() => setDialog("assign")}>
        Assign to projects
      </Button>
      <Button
        variant="danger"
        icon={<Trash2 aria-hidden />}
        disabledReason={account.own ? "This is the credential the console itself uses." : blocked}
        onClick={() => setDialog("delete")}
      >
        Delete
      </Button>
      {dialog === "assign" ? (
        <AssignDialog organizationKey={organizationKey} accountIds={[account.id]} onClose={() => setDialog(null)} />
      ) : null}
      {dialog === "delete" ? (
        <DeleteDialog
          organizationKey={organizationKey}
          accountIds={[account.id]}
          onClose={() => setDialog(null)}
          onDeleted={onDeleted}
        />
      ) : null}
    </>
  );
}
