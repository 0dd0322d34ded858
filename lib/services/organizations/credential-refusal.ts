import { AppError } from "@/lib/domain/app-error";
import type { Me } from "@/lib/mixpanel/wire-me";

const NAMED_PROJECTS = 3;

/** Why an organization cannot be worked with in this role; null when it can. */
export function refusalOf({ name, role }: { name: string; role: string | null }): string | null {
  if (role === "owner" || role === "admin") return null;
  const held = role === null ? "Mixpanel does not tell its role there" : `its role there is ${role}`;
  return `It signs in to ${name}, but it is not an owner or admin of the organization: ${held}.`;
}

/** The credential shows no organization anywhere; `answers` are what the regions that let it in said. */
export function signsInNowhere(answers: readonly Me[]): AppError {
  if (answers.length === 0) {
    const reason = "Mixpanel rejected this username and secret in every region. Check that both were copied whole.";
    return new AppError("credential_refused", { reason });
  }
  const names = [...new Set(answers.flatMap(({ projects }) => projects.map(({ name }) => name)))];
  const more = names.length - NAMED_PROJECTS;
  const listed = names.slice(0, NAMED_PROJECTS).join(", ") + (more > 0 ? ` and ${more} more` : "");
  const where = names.length === 0 ? "to nothing at all" : `only to projects (${listed})`;
  const reason = `It signs in, but it is not an owner or admin of an organization: it belongs ${where}.`;
  return new AppError("credential_refused", { reason });
}
