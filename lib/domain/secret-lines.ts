export type SecretLines = { id: "curl" | "python" | "env" | "github"; title: string; text: string };

type Credential = { username: string; secret: string; projectId: number | null; apiBase: string };

const shellQuoted = (value: string) => `'${value.replaceAll("'", `'\\''`)}'`;

/**
 * Ready-made lines that use a service account, with values quoted for their language.
 * Without a project the curl and Python lines ask `/me`, which every account may read.
 */
export function secretLines({ username, secret, projectId, apiBase }: Credential): SecretLines[] {
  const userPassword = shellQuoted(`${username}:${secret}`);
  const url = `${apiBase}/me?include_workspace_users=false`;
  const project = projectId === null ? [] : [`MIXPANEL_PROJECT_ID=${projectId}`];
  return [
    { id: "curl", title: "curl", text: `curl --user ${userPassword} ${shellQuoted(url)}` },
    {
      id: "python",
      title: "Python",
      text: [
        "import requests",
        "",
        "response = requests.get(",
        `    ${JSON.stringify(url)},`,
        `    auth=(${JSON.stringify(username)}, ${JSON.stringify(secret)}),`,
        "    timeout=30,",
        ")",
        "response.raise_for_status()",
        "print(response.json())",
      ].join("\n"),
    },
    {
      id: "env",
      title: ".env",
      text: [
        `MIXPANEL_SERVICE_ACCOUNT=${JSON.stringify(username)}`,
        `MIXPANEL_SERVICE_ACCOUNT_SECRET=${JSON.stringify(secret)}`,
        ...project,
      ].join("\n"),
    },
    {
      id: "github",
      title: "GitHub Actions",
      text: [
        `gh secret set MIXPANEL_SERVICE_ACCOUNT --body ${shellQuoted(username)}`,
        `gh secret set MIXPANEL_SERVICE_ACCOUNT_SECRET --body ${shellQuoted(secret)}`,
      ].join("\n"),
    },
  ];
}

/** What an account's page offers once its secret is gone: the same lines with a place to put it. */
export const SECRET_PLACEHOLDER = "YOUR_SECRET";

/** A block that Terraform 1.5 and later plan an import from, and the command that older ones have. */
export function terraformImport(organizationId: number, accountId: number, name: string): string {
  const label = name.replaceAll(/[^A-Za-z0-9_-]/g, "_").replace(/^(?![A-Za-z_])/, "_");
  const address = `mixpanel_service_account.${label}`;
  const id = `${organizationId}:${accountId}`;
  return [
    "import {",
    `  to = ${address}`,
    `  id = "${id}"`,
    "}",
    "",
    `# Before Terraform 1.5: terraform import ${address} ${id}`,
  ].join("\n");
}
