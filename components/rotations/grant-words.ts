/** Why a membership is not copied, behind its role. */
export function grantWords(grant: string): string {
  if (grant === "organization") return "through the organization role: it comes by itself";
  if (grant === "team") return "through a team: add the replacement to it in Mixpanel";
  if (grant === "individual") return "as a custom role: give it in Mixpanel";
  return `through a grant of kind "${grant}": give it in Mixpanel`;
}
