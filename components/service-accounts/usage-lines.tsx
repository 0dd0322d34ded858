import { CodeBlock } from "@/components/ui/code-block";
import { Tabs } from "@/components/ui/tabs";
import { SECRET_PLACEHOLDER, secretLines, terraformImport } from "@/lib/domain/secret-lines";

type UsageLinesProps = {
  username: string;
  name: string;
  accountId: number;
  organizationId: number;
  projectId: number | null;
  apiBase: string;
};

/** Ready-made lines with a place for the secret, which nobody can read again. */
export function UsageLines({ username, name, accountId, organizationId, projectId, apiBase }: UsageLinesProps) {
  const lines = [
    ...secretLines({ username, secret: SECRET_PLACEHOLDER, projectId, apiBase }),
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
