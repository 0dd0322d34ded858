import { counted } from "@/components/ui/counted";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { usedRecently } from "@/lib/domain/deletion";
import type { AccountSelection } from "@/lib/domain/inventory-view";
import { OwnBadge } from "./own-badge";
import { Username } from "./username";

const PROJECTS_NAMED = 8;

/** Per account: since when it was used and which projects lose it; first of all whether something is likely to break. */
export function DeleteConsequences({ selection, now }: { selection: AccountSelection; now: Date }) {
  const busy = selection.accounts.filter((account) => usedRecently(account, now));
  const neverUsed = selection.accounts.every(({ lastUsedAt }) => lastUsedAt === null);
  return (
    <div className="grid gap-3">
      {busy.length > 0 ? (
        <Notice tone="critical" title={`${counted(busy.length, "service account")} used in the last 30 days.`}>
          Whatever uses it gets 401 from Mixpanel from the next request on: exports, pipelines and dashboards that
          depend on it stop.
        </Notice>
      ) : (
        <Notice tone="notice" title={neverUsed ? "Never used." : "Not used in the last 30 days."}>
          {neverUsed
            ? "Mixpanel had seen no request with it when it was last read."
            : "A job that runs less often than monthly would still break."}
        </Notice>
      )}
      <ul className="grid max-h-[36dvh] gap-2 overflow-y-auto" aria-label="What will be deleted">
        {selection.accounts.map((account) => {
          const projects = selection.memberships.filter(({ accountId }) => accountId === account.id);
          const names = [...new Set(projects.map(({ projectName }) => projectName))];
          return (
            <li key={account.id} className="rounded-md border border-line px-3 py-2">
              <span className="flex items-center gap-2">
                <Username name={account.name} suffix={account.suffix} />
                {account.own ? <OwnBadge /> : null}
              </span>
              <p className="text-ink-muted text-sm">
                {account.lastUsedAt ? <RelativeTime prefix="Last used" at={account.lastUsedAt} remote /> : "Never used"}
                {" · "}
                {names.length === 0
                  ? "in no project"
                  : `loses ${names.slice(0, PROJECTS_NAMED).join(", ")}${names.length > PROJECTS_NAMED ? ` and ${names.length - PROJECTS_NAMED} more` : ""}`}
              </p>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
