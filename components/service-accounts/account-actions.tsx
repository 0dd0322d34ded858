"use client";

import { FolderPlus, RefreshCw, ShieldAlert, Trash2 } from "lucide-react";
import { AssignDialog } from "@/components/memberships/assign-dialog";
import { useOperator } from "@/components/operator/operator-provider";
import { BreakGlassDialog } from "@/components/rotations/break-glass-dialog";
import { RotateDialog } from "@/components/rotations/rotate-dialog";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import type { AccountDetail } from "@/lib/domain/inventory-view";
import { hasPermission, withinCeiling } from "@/lib/domain/operator";
import type { ApiBases } from "@/lib/domain/region";
import { type AccountDialog, pages } from "@/lib/paths/paths";
import { DeleteDialog } from "./delete-dialog";

type AccountActionsProps = {
  organizationKey: string;
  detail: AccountDetail;
  apiBases: ApiBases;
  /** Which dialog is open; kept by the page, which stays for as long as one is. */
  dialog: AccountDialog | null;
  setDialog: (dialog: AccountDialog | null) => void;
  onDeleted: () => void;
};

/** What this operator can do with the account; what cannot be done says why on its button. */
export function AccountActions(props: AccountActionsProps) {
  const { organizationKey, detail, apiBases, dialog, setDialog, onDeleted } = props;
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
  const own = account.own ? "This is the credential the console itself uses." : undefined;
  const common = {
    organizationKey,
    accountId: account.id,
    name: account.name,
    apiBases,
    onClose: () => setDialog(null),
  };
  return (
    <>
      {account.own ? (
        <LinkButton variant="primary" href={pages.settings}>
          Rotate on the settings page
        </LinkButton>
      ) : (
        <Button
          variant="primary"
          icon={<RefreshCw aria-hidden />}
          disabledReason={blocked}
          onClick={() => setDialog("rotate")}
        >
          Rotate
        </Button>
      )}
      <LinkButton href={`${pages.createServiceAccount(organizationKey)}?replaces=${account.id}`}>
        Create a copy
      </LinkButton>
      <Button icon={<FolderPlus aria-hidden />} disabledReason={blocked} onClick={() => setDialog("assign")}>
        Assign to projects
      </Button>
      <Button icon={<ShieldAlert aria-hidden />} disabledReason={own ?? blocked} onClick={() => setDialog("leak")}>
        This secret leaked
      </Button>
      <Button
        variant="danger"
        icon={<Trash2 aria-hidden />}
        disabledReason={own ?? blocked}
        onClick={() => setDialog("delete")}
      >
        Delete
      </Button>
      {dialog === "rotate" ? <RotateDialog {...common} /> : null}
      {dialog === "leak" ? <BreakGlassDialog {...common} /> : null}
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
