import { DefinitionList } from "@/components/ui/definition-list";
import { Notice } from "@/components/ui/notice";
import { RadioGroup } from "@/components/ui/radio-group";
import { SectionCard } from "@/components/ui/section-card";
import type { FoundOrganization } from "@/lib/domain/organization-credential";
import { regionNames } from "@/lib/domain/region";

type FoundOrganizationsProps = {
  organizations: readonly FoundOrganization[];
  chosen: FoundOrganization;
  onChoose: (mixpanelId: number) => void;
};

/** What a credential turned out to see, and whether the console could work with it. */
export function FoundOrganizations({ organizations, chosen, onChoose }: FoundOrganizationsProps) {
  return (
    <div className="grid gap-4" role="status">
      {organizations.length > 1 ? (
        <RadioGroup
          label="Organization"
          options={organizations.map(({ mixpanelId, name, region }) => ({
            value: String(mixpanelId),
            label: name,
            description: `${regionNames[region]} · ${mixpanelId}`,
          }))}
          value={String(chosen.mixpanelId)}
          onValueChange={(id) => onChoose(Number(id))}
        />
      ) : null}
      <SectionCard title={chosen.name} headingLevel={3}>
        <DefinitionList
          columns={2}
          items={[
            { term: "Organization", value: chosen.mixpanelId },
            { term: "Region", value: regionNames[chosen.region] },
            { term: "Role of the credential", value: chosen.role ?? "Not told" },
            { term: "Projects", value: chosen.projects.toLocaleString("en") },
            {
              term: "Service accounts",
              value: chosen.accounts === null ? "Not read" : chosen.accounts.toLocaleString("en"),
            },
          ]}
        />
      </SectionCard>
      {chosen.refusal === null ? null : (
        <Notice tone="error" title="This organization cannot be added.">
          {chosen.refusal}
        </Notice>
      )}
    </div>
  );
}
