import { z } from "zod";
import type { Region } from "@/lib/domain/region";
import {
  baseUrlOfEach,
  baseUrlsSchema,
  defaultBaseUrls,
  type OrganizationSettings,
  organizationFields,
  organizationSettingsSchema,
} from "./organization-settings";
import type { Variables } from "./variables";

const FILE = "KEYWARDEN_ORGANIZATIONS_FILE";
const fileSchema = z.array(z.record(z.string(), z.unknown())).min(1);
type Fields = Record<string, unknown>;
type Field = { variable: string; example: string };

/** The organization of the MIXPANEL_* variables, then those of the file. None at all is allowed: the console then says what to set up. */
export function readOrganizations(variables: Variables): OrganizationSettings[] {
  const organizations = [...fromVariables(variables), ...fromFile(variables)];
  const keys = organizations.map(({ key }) => key.toLowerCase());
  for (const key of new Set(keys.filter((key, index) => keys.indexOf(key) !== index))) {
    variables.problems.addText(
      `${FILE}: two organizations have the key "${key}"; give each its own. Example: "key": "acme-eu"`,
    );
  }
  return organizations;
}

/** Mixpanel's own addresses, or those of MIXPANEL_BASE_URL. */
export function readBaseUrls(variables: Variables): Record<Region, string> {
  const { variable, example } = organizationFields.baseUrl;
  const address = variables.text(variable);
  if (address === undefined) return defaultBaseUrls;
  const parsed = baseUrlsSchema.safeParse(baseUrlOfEach(address));
  if (!parsed.success) variables.problems.add(variable, parsed.error.issues[0]?.message ?? "is wrong", example);
  return { ...defaultBaseUrls, ...parsed.data };
}

function fromVariables(variables: Variables): OrganizationSettings[] {
  const { serviceAccount, serviceAccountSecret, organizationId, region, baseUrl } = organizationFields;
  const fields: Fields = {
    serviceAccount: variables.text(serviceAccount.variable),
    serviceAccountSecret: variables.secret(serviceAccountSecret.variable, serviceAccountSecret.example),
    organizationId: variables.text(organizationId.variable),
  };
  if (Object.values(fields).every((value) => value === undefined)) return [];
  fields.region = variables.text(region.variable);
  fields.baseUrl = variables.text(baseUrl.variable);
  return parse(fields, (name, reason, field) =>
    variables.problems.add(field?.variable ?? name, reason, field?.example ?? ""),
  );
}

function fromFile(variables: Variables): OrganizationSettings[] {
  const path = variables.text(FILE);
  const content = path && variables.file(FILE, path);
  if (!content) return [];
  const entries = fileSchema.safeParse(parseJson(content));
  if (!entries.success) {
    variables.problems.add(FILE, "does not hold a JSON list of organizations", "/etc/keywarden/organizations.json");
    return [];
  }
  const baseUrl = variables.text(organizationFields.baseUrl.variable);
  return entries.data.flatMap((entry, index) => {
    const place = `${FILE} entry ${index + 1}`;
    const named: Fields = { baseUrl, ...withFieldNames(entry) };
    const { serviceAccountSecretFile: secretFile, ...fields } = named;
    if (typeof secretFile === "string" && fields.serviceAccountSecret === undefined) {
      fields.serviceAccountSecret = variables.file(`${place}: serviceAccountSecretFile`, secretFile) ?? "";
    }
    return parse(fields, (name, reason, field) =>
      variables.problems.addText(
        `${place}: ${name} ${reason}.${field ? ` Example: "${name}": "${field.example}"` : ""}`,
      ),
    );
  });
}

/** Entries of the file may use the names of the variables; from here on each field has one name. */
function withFieldNames(entry: Fields): Fields {
  const named = { ...entry };
  for (const [name, { variable }] of Object.entries(organizationFields)) {
    if (!(variable in named)) continue;
    named[name] = named[variable];
    delete named[variable];
  }
  return named;
}

function parse(
  fields: Fields,
  report: (name: string, reason: string, field: Field | undefined) => void,
): OrganizationSettings[] {
  const parsed = organizationSettingsSchema.safeParse(fields);
  if (parsed.success) return [parsed.data];
  const examples = new Map<string, Field>(Object.entries(organizationFields));
  const reported = new Set<string>();
  for (const issue of parsed.error.issues) {
    const name = String(issue.path[0] ?? (issue.code === "unrecognized_keys" ? issue.keys[0] : "entry"));
    if (reported.has(name)) continue;
    reported.add(name);
    const field = examples.get(name);
    report(name, issue.code === "unrecognized_keys" ? "is not a known field" : issue.message, field);
  }
  return [];
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
