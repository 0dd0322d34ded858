import { AccessMark } from "./access-cell";

/** What the marks stand for; a role that occurs nowhere is not explained. */
export function AccessLegend({ roles }: { roles: readonly string[] }) {
  return (
    <ul aria-label="Roles in the cells" className="flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-muted text-sm">
      {roles.map((role) => (
        <li key={role} className="flex items-center gap-1.5">
          <AccessMark access={{ role, grant: "individual" }} asked />
          <span className="max-w-40 truncate">{role}</span>
        </li>
      ))}
      <li className="flex items-center gap-1.5">
        <span aria-hidden className="h-5 w-9 rounded-sm border border-line-strong border-dashed" />
        through a team or the organization: changed in Mixpanel
      </li>
    </ul>
  );
}
