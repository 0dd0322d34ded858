import { CodeBlock } from "@/components/ui/code-block";
import { Tabs } from "@/components/ui/tabs";
import { type ApiBases, apiBaseOf, type Region } from "@/lib/domain/region";
import { SECRET_PLACEHOLDER, secretLines, terraformImport } from "@/lib/domain/secret-lines";

type UsageLinesProps = {
  username: string;
  name: string;
  accountId: number;
  organizationId: number;
  /** A project the lines name; its region answers. */
  project: { projectId: number; region: Region } | undefined;
  apiBases: ApiBases;
};

/** Ready-made lines with a place for the secret, which nobody can read again. */
export function UsageLines({ username, name, accountId, organizationId, project, apiBases }: UsageLinesProps) {
  const apiBase = apiBaseOf(apiBases, project?.region);
  const lines = [
    ...secretLines({ username, secret: SECRET_PLACEHOLDER, projectId: project?.projectId ?? null, apiBase }),
    { id: "terraform", title: "Terraform", text: terraformImport(organizationId, accountId, name) },
  ];
  return (
    <Tabs
      label="Ready-made lines"
      items={lines.map(({ id, title, text }) => ({
        value: id,
        label: title,
        content: <CodeBlock label={title} code={text} />,
      }))}
    />
  );
}
