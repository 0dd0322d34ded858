import { TextLink } from "@/components/ui/text-link";
import type { AccessPage } from "@/lib/domain/access-view";
import { pages } from "@/lib/paths/paths";
import { accessWords, heldByProject } from "./held-access";
import type { Place } from "./use-grid-keys";

type AccessFocusProps = { organizationKey: string; page: AccessPage; place: Place | null };

/** What the focused cell means, in words, and where to change it. One line high from the start, so that nothing jumps. */
export function AccessFocus({ organizationKey, page, place }: AccessFocusProps) {
  const account = place ? page.rows[place.row] : undefined;
  const project = place ? page.projects[place.column] : undefined;
  if (!account || !project) {
    return (
      <p className="min-h-10 text-ink-muted text-sm sm:min-h-5">
        Choose a cell to read the role and why it is there. Arrow keys move, Enter opens the service account.
      </p>
    );
  }
  const words = accessWords(heldByProject(account).get(project.id) ?? []);
  return (
    <p aria-live="polite" className="min-h-10 text-sm sm:min-h-5">
      <TextLink href={pages.serviceAccount(organizationKey, account.id)}>{account.name}</TextLink> in{" "}
      <TextLink href={pages.project(organizationKey, project.id)}>{project.name}</TextLink>: {words}.
    </p>
  );
}
