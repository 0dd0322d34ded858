import { Badge } from "@/components/ui/badge";
import { DefinitionList } from "@/components/ui/definition-list";
import { SectionCard } from "@/components/ui/section-card";
import { type Policy, type RuleId, ruleIds } from "@/lib/domain/policy";
import { ruleWords } from "./rule-words";
import { SeverityBadge } from "./severity-badge";

const list = (entries: readonly string[]) => (entries.length === 0 ? "nobody" : entries.join(", "));

/** What a rule asks for beside its name, in words; empty where its name says it all. */
function settingsOf(rule: RuleId, { rules }: Policy): string {
  switch (rule) {
    case "longest_lifetime":
    case "expires_soon":
    case "rotation_age":
    case "never_used":
      return `${rules[rule].days} days`;
    case "silent":
      return `${rules.silent.fallbackDays} days without a known rhythm`;
    case "too_many_projects":
      return `${rules.too_many_projects.count} projects`;
    case "highest_role":
      return `${rules.highest_role.role}; may hold more: ${list(rules.highest_role.exceptions)}`;
    case "creator_gone":
      return `have left: ${list(rules.creator_gone.emails)}`;
    case "annotated":
      return rules.annotated.fields.join(", ");
    case "name_pattern":
      return rules.name_pattern.patterns.map(({ purpose, example }) => `${purpose}: ${example}`).join(", ");
    default:
      return "";
  }
}

/** The policy for who cannot change it here. */
export function PolicyFacts({ policy }: { policy: Policy }) {
  const { lifetimeDays, overlapDays, leadTimeDays, quietDays } = policy.rotation;
  return (
    <div className="grid grid-cols-1 gap-5">
      <SectionCard title="Rules" padded={false}>
        <ul>
          {ruleIds.map((rule) => (
            <li
              key={rule}
              className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1 border-line border-b px-4 py-2.5 last:border-b-0"
            >
              <div className="min-w-0">
                <p className="font-medium">{ruleWords[rule].title}</p>
                <p className="text-ink-muted">{ruleWords[rule].about}</p>
                <p className="wrap-anywhere">{settingsOf(rule, policy)}</p>
              </div>
              {policy.rules[rule].enabled ? (
                <SeverityBadge severity={policy.rules[rule].severity} />
              ) : (
                <Badge tone="quiet">Off</Badge>
              )}
            </li>
          ))}
        </ul>
      </SectionCard>
      <SectionCard title="Warnings and rotations">
        <DefinitionList
          columns={3}
          items={[
            { term: "Warning days", value: policy.warningDays.join(", ") },
            { term: "Lifetime of a replacement", value: `${lifetimeDays} days` },
            { term: "Lead time", value: `${leadTimeDays} days` },
            { term: "Overlap", value: `${overlapDays} days` },
            { term: "Quiet days", value: `${quietDays} days` },
          ]}
        />
      </SectionCard>
    </div>
  );
}
