import { counted } from "@/components/ui/counted";
import { formatDate } from "@/components/ui/format-relative-time";
import type { RotationPreview } from "@/lib/domain/rotation-view";
import { grantWords } from "./grant-words";

type PlanSummaryProps = { plan: NonNullable<RotationPreview["plan"]>; replacementName: string };

/** What a replacement gets, and what nobody can copy. */
export function PlanSummary({ plan, replacementName }: PlanSummaryProps) {
  const { projects, notCopyable, role, expiresAt } = plan;
  return (
    <div className="grid gap-3">
      <ul className="grid list-disc gap-1 pl-4">
        <li>
          Mixpanel creates <span className="break-all font-mono text-sm">{replacementName}</span>
          {role ? (
            <>
              {" "}
              with the organization role <strong>{role}</strong>
            </>
          ) : null}
          , which expires on {formatDate(expiresAt)}.
        </li>
        <li>
          {projects.length === 0
            ? "There is no individual membership to copy."
            : `It becomes a member of ${counted(projects.length, "project")}, with the same role in each.`}
        </li>
        <li>Owner, contact, purpose, tags and notes are carried over.</li>
      </ul>
      {notCopyable.length > 0 ? (
        <details className="rounded-md border border-line bg-sunken px-3 py-2">
          <summary className="cursor-pointer font-medium">
            {counted(notCopyable.length, "membership")} cannot be copied from here
          </summary>
          <ul className="mt-2 grid gap-1 text-ink-muted">
            {notCopyable.map(({ projectId, projectName, role: held, grant }) => (
              <li key={`${projectId} ${grant} ${held}`} className="wrap-anywhere">
                {projectName}: {held} {grantWords(grant)}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}
