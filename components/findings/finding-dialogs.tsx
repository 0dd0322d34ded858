import type { FindingRow } from "@/lib/domain/finding-view";
import { AcceptDialog } from "./accept-dialog";
import { WithdrawDialog } from "./withdraw-dialog";

type FindingDialogsProps = { organizationKey: string; finding: FindingRow | null; onClose: () => void };

/** The dialog that a line asked for: to answer for a finding, or not to any more. */
export function FindingDialogs({ organizationKey, finding, onClose }: FindingDialogsProps) {
  if (finding === null) return null;
  const Chosen = finding.acceptance ? WithdrawDialog : AcceptDialog;
  return <Chosen organizationKey={organizationKey} finding={finding} onClose={onClose} />;
}
