import type { Tone } from "@/components/ui/tone";
import type { RuleId, Severity } from "@/lib/domain/policy";

export const severityLooks: Record<Severity, { tone: Tone; word: string }> = {
  critical: { tone: "critical", word: "Critical" },
  warning: { tone: "warning", word: "Warning" },
  notice: { tone: "notice", word: "Notice" },
};

/** What each rule is called on every screen, and what it asks for. */
export const ruleWords: Record<RuleId, { title: string; about: string }> = {
  expiry_required: { title: "Expiry required", about: "Every service account expires some day." },
  longest_lifetime: { title: "Longest lifetime", about: "From creation to expiry, at most so many days." },
  expires_soon: { title: "Expires soon", about: "An expiry that near needs somebody now." },
  expired: { title: "Expired", about: "What works no more is replaced or deleted." },
  rotation_age: { title: "Rotation age", about: "No secret is older than so many days." },
  name_pattern: { title: "Name pattern", about: "Names have one of the agreed forms." },
  highest_role: { title: "Highest role", about: "No more than this role, but for the named exceptions." },
  strong_role_reason: {
    title: "Owner or admin without a reason",
    about: "Whoever holds owner or admin has a recorded reason.",
  },
  no_project: { title: "No project", about: "An account without a project is of no use." },
  too_many_projects: {
    title: "Too many projects",
    about: "Given to at most so many projects; access by the organization is not counted.",
  },
  never_used: { title: "Never used", about: "Used at least once in its first days." },
  silent: { title: "Silent", about: "Not quiet for longer than its own rhythm; without a known rhythm so many days." },
  creator_gone: { title: "Creator has left", about: "Not created by anybody on the list of people who have left." },
  annotated: { title: "Owner, purpose, contact", about: "These are recorded for every account." },
};
