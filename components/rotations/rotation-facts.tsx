import { type Definition, DefinitionList } from "@/components/ui/definition-list";
import { RelativeTime } from "@/components/ui/relative-time";
import { SectionCard } from "@/components/ui/section-card";
import { TextLink } from "@/components/ui/text-link";
import type { RotationEvidence } from "@/lib/domain/rotation-evidence";
import type { RotationView } from "@/lib/domain/rotation-view";
import { pages } from "@/lib/paths/paths";

type RotationFactsProps = { organizationKey: string; rotation: RotationView };

/** The two sides, and the evidence that a deletion rests on. */
export function RotationFacts({ organizationKey, rotation }: RotationFactsProps) {
  const { predecessor, replacement, evidence, owner, contact } = rotation;
  return (
    <SectionCard
      title={evidence ? "Evidence" : "The two sides"}
      description={rotation.endedAt && evidence ? "As it was when the predecessor was deleted." : undefined}
    >
      <DefinitionList
        columns={2}
        items={[
          { term: "Predecessor", value: <Side organizationKey={organizationKey} side={predecessor} /> },
          { term: "Replacement", value: <Side organizationKey={organizationKey} side={replacement} /> },
          { term: "Owner", value: owner ?? "Not recorded", hint: contact ?? undefined },
          ...(evidence ? evidenceFacts(rotation, evidence) : []),
        ]}
      />
    </SectionCard>
  );
}

function evidenceFacts({ replacementUsedAt }: RotationView, evidence: RotationEvidence): Definition[] {
  return [
    {
      term: "Replacement in use",
      value: replacementUsedAt ? <RelativeTime prefix="Seen" at={replacementUsedAt} remote tooltip /> : "Not seen yet",
      hint: "A use that was not Keywarden's own trial.",
    },
    {
      term: "Predecessor last used",
      value: evidence.predecessorUsedAt ? <RelativeTime at={evidence.predecessorUsedAt} remote tooltip /> : "Never",
    },
    {
      term: "Silence needed",
      value: `${evidence.silentAfterDays} days`,
      hint: evidence.byRhythm ? "By the predecessor's own rhythm." : "By the policy: its own rhythm is not known.",
    },
    {
      term: "Silent enough",
      value: evidence.quietUntil ? (
        <RelativeTime at={evidence.quietUntil} remote tooltip />
      ) : (
        "Counts from the hand-over"
      ),
      hint: evidence.silent ? "It is silent." : undefined,
    },
    {
      term: "Mixpanel last read",
      value: evidence.seenAt ? <RelativeTime at={evidence.seenAt} tooltip /> : "Never",
      hint: "Silence counts only as far as it was looked at.",
    },
  ];
}

type SideProps = { organizationKey: string; side: RotationView["replacement"] };

function Side({ organizationKey, side }: SideProps) {
  const text = side.username ?? side.name;
  if (side.id === null || !side.exists) return <span className="break-all font-mono text-sm">{text} (not there)</span>;
  return (
    <TextLink href={pages.serviceAccount(organizationKey, side.id)} className="break-all font-mono text-sm">
      {text}
    </TextLink>
  );
}
