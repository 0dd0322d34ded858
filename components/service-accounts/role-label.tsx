import { Badge } from "@/components/ui/badge";
import { roleRank } from "@/lib/domain/role";

const grantWords: Record<string, string> = {
  individual: "granted individually",
  team: "through a team",
  organization: "through the organization",
};

/** Says in words why an account has a role; an unknown grant keeps the name Mixpanel gave it. */
export function grantPhrase(grant: string): string {
  return grantWords[grant] ?? `through ${grant}`;
}

type RoleLabelProps = { role: string | null; grant: string | null };

export function RoleLabel({ role, grant }: RoleLabelProps) {
  if (role === null) return <span className="text-ink-muted">No project</span>;
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <Badge tone={roleRank(role) >= roleRank("admin") ? "warning" : "neutral"} icon={null}>
        <span className="max-w-32 truncate" title={role}>
          {role}
        </span>
      </Badge>
      {grant && grant !== "individual" ? (
        <span className="truncate text-ink-muted text-xs" title={grantPhrase(grant)}>
          {grant}
        </span>
      ) : null}
    </span>
  );
}
