import { ShieldCheck } from "lucide-react";
import { Badge } from "@/components/ui/badge";

/** Marks the credential the console itself uses: it can be looked at, not changed, from here. */
export function OwnBadge() {
  return (
    <Badge tone="accent" icon={<ShieldCheck aria-hidden />}>
      This console
    </Badge>
  );
}
