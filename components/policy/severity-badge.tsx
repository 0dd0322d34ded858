import { Badge } from "@/components/ui/badge";
import type { Severity } from "@/lib/domain/policy";
import { severityLooks } from "./rule-words";

export function SeverityBadge({ severity }: { severity: Severity }) {
  return (
    <Badge tone={severityLooks[severity].tone} className="justify-self-start">
      {severityLooks[severity].word}
    </Badge>
  );
}
