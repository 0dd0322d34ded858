"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { useOperator } from "@/components/operator/operator-provider";
import { Button } from "@/components/ui/button";
import type { ButtonVariant } from "@/components/ui/button-style";
import { hasPermission } from "@/lib/domain/operator";
import { AddOrganizationDialog } from "./add-organization-dialog";

/** Shown to administrators alone; the dialog's state, and so the secret, is gone when it closes. */
export function AddOrganizationButton({ variant }: { variant?: ButtonVariant }) {
  const { role } = useOperator();
  const [open, setOpen] = useState(false);
  if (!hasPermission(role, "organization:manage")) return null;
  return (
    <>
      <Button variant={variant} icon={<Plus aria-hidden />} onClick={() => setOpen(true)}>
        Add organization
      </Button>
      {open ? <AddOrganizationDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}
