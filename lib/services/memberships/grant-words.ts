/** A grant as it stands in a sentence: "through a team". */
export function grantWords(grant: string): string {
  if (grant === "team") return "a team";
  if (grant === "organization") return "the organization";
  return `a grant of kind "${grant}"`;
}
