"use client";

import { CalendarClock, FolderMinus, FolderPlus, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { BulkAnnotateDialog } from "@/components/annotations/bulk-annotate-dialog";
import { AssignDialog } from "@/components/memberships/assign-dialog";
import { RemoveDialog } from "@/components/memberships/remove-dialog";
import { CampaignDialog } from "@/components/rotations/campaign-dialog";
import { Button } from "@/components/ui/button";
import { DeleteDialog } from "./delete-dialog";
import { SELECTION_MAX, type Selection } from "./use-selection";

type SelectionBarProps = { organizationKey: string; selection: Selection };

/** What is selected and what can be done with it; each dialog says what it will touch before it does. */
export function SelectionBar({ organizationKey, selection }: SelectionBarProps) {
  const [dialog, setDialog] = useState<"assign" | "remove" | "annotate" | "campaign" | "delete" | null>(null);
  const accountIds = [...selection.ids];
  const close = () => setDialog(null);
  const common = { organizationKey, accountIds, onClose: close };
  return (
    <section
      aria-label="Selected service accounts"
      className="sticky bottom-4 z-10 flex flex-wrap items-center gap-2 rounded-lg border border-line-strong bg-raised px-3 py-2 shadow-raised"
    >
      <p aria-live="polite" className="mr-auto font-medium">
        {accountIds.length} selected
        {selection.full ? <span className="font-normal text-ink-muted"> (at most {SELECTION_MAX} at once)</span> : null}
      </p>
      <Button icon={<FolderPlus aria-hidden />} onClick={() => setDialog("assign")}>
        Assign to projects
      </Button>
      <Button icon={<FolderMinus aria-hidden />} onClick={() => setDialog("remove")}>
        Remove from projects
      </Button>
      <Button icon={<Pencil aria-hidden />} onClick={() => setDialog("annotate")}>
        Annotate
      </Button>
      <Button icon={<CalendarClock aria-hidden />} onClick={() => setDialog("campaign")}>
        Plan rotation
      </Button>
      <Button variant="danger" icon={<Trash2 aria-hidden />} onClick={() => setDialog("delete")}>
        Delete
      </Button>
      <Button variant="ghost" onClick={selection.clear}>
        Clear selection
      </Button>
      {dialog === "assign" ? <AssignDialog {...common} /> : null}
      {dialog === "remove" ? <RemoveDialog {...common} /> : null}
      {dialog === "annotate" ? <BulkAnnotateDialog {...common} /> : null}
      {dialog === "campaign" ? <CampaignDialog {...common} tags={[]} /> : null}
      {dialog === "delete" ? <DeleteDialog {...common} onDeleted={selection.clear} /> : null}
    </section>
  );
}
