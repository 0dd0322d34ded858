import { type Policy, policySchema } from "@/lib/domain/policy";
import type { Variables } from "./variables";

const FILE = "KEYWARDEN_POLICY_FILE";
const example = "/etc/keywarden/policy.json";

/** The policy of every organization, where a file holds it; what the file leaves out has its default. */
export function readPolicy(variables: Variables): Policy | undefined {
  const path = variables.text(FILE);
  const content = path && variables.file(FILE, path);
  if (!content) return undefined;
  const given = parseJson(content);
  if (given === undefined) {
    variables.problems.add(FILE, "does not hold JSON", example);
    return undefined;
  }
  const parsed = policySchema.safeParse(given);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const place = issue.path.length > 0 ? issue.path.join(".") : "the policy";
      variables.problems.addText(
        `${FILE}: ${place} is wrong: ${issue.message} Example: docs/policy.md shows each rule`,
      );
    }
    return undefined;
  }
  for (const name of unknownNames(given, parsed.data)) {
    variables.problems.addText(`${FILE}: ${name} is not a known setting. Example: docs/policy.md shows each rule`);
  }
  return parsed.data;
}

/** Paths of what the schema dropped: a misspelt rule would otherwise be a rule that nobody checks. */
function unknownNames(given: unknown, known: unknown, path: readonly string[] = []): string[] {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return [];
  const fields = new Map<string, unknown>(Object.entries(typeof known === "object" && known !== null ? known : {}));
  return Object.entries(given).flatMap(([name, value]) => {
    const here = [...path, name];
    return fields.has(name) ? unknownNames(value, fields.get(name), here) : [here.join(".")];
  });
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
