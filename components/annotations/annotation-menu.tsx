"use client";

import { Download, NotebookPen, Upload } from "lucide-react";
import { useState } from "react";
import { useOperator } from "@/components/operator/operator-provider";
import { Button } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { MenuItem } from "@/components/ui/menu-item";
import { annotationsExportAddress } from "@/lib/api-client/annotations";
import type { AccountQuery } from "@/lib/domain/list-query";
import { hasPermission } from "@/lib/domain/operator";
import { ImportDialog } from "./import-dialog";

/** Annotations of what is filtered out as a file, and from a file in again. */
export function AnnotationMenu({ organizationKey, query }: { organizationKey: string; query: AccountQuery }) {
  const { role } = useOperator();
  const [importing, setImporting] = useState(false);
  return (
    <>
      <Menu align="end" trigger={<Button icon={<NotebookPen aria-hidden />}>Annotations</Button>}>
        <MenuItem
          icon={<Download aria-hidden />}
          onSelect={() => location.assign(annotationsExportAddress(organizationKey, query))}
        >
          Export annotations
        </MenuItem>
        <MenuItem
          icon={<Upload aria-hidden />}
          disabledReason={hasPermission(role, "annotation:write") ? undefined : "Managers and administrators do this."}
          onSelect={() => setImporting(true)}
        >
          Import annotations
        </MenuItem>
      </Menu>
      {importing ? <ImportDialog organizationKey={organizationKey} onClose={() => setImporting(false)} /> : null}
    </>
  );
}
