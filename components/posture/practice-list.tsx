import Link from "next/link";
import { type Posture, practices } from "@/lib/domain/posture";
import { pages } from "@/lib/paths/paths";

type Practice = Posture["practices"][number];
type PracticeListProps = { organizationKey: string; following: readonly Practice[]; accounts: number };

/** Mixpanel's advice in four lines, each with how many accounts follow it and the way to those that do not. */
export function PracticeList({ organizationKey, following, accounts }: PracticeListProps) {
  return (
    <ul aria-label="Best practices" className="grid gap-1">
      {following.map((practice) => (
        <PracticeLine key={practice.id} organizationKey={organizationKey} practice={practice} accounts={accounts} />
      ))}
    </ul>
  );
}

function PracticeLine({
  organizationKey,
  practice: { id, rules, following },
  accounts,
}: {
  organizationKey: string;
  practice: Practice;
  accounts: number;
}) {
  const share = accounts === 0 ? 100 : Math.floor((100 * following) / accounts);
  const checked = rules.length > 0;
  return (
    <li>
      <Link
        href={checked ? pages.findings(organizationKey, `rule=${rules.join(",")}`) : pages.policy(organizationKey)}
        prefetch={false}
        className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-1 rounded-md px-2 py-1.5 hover:bg-hover"
      >
        <span className="font-medium">{practices[id].title}</span>
        <span className="text-ink-muted tabular-nums">
          {checked
            ? `${share} % · ${following.toLocaleString("en")} of ${accounts.toLocaleString("en")}`
            : "not checked"}
        </span>
        {checked ? (
          <span aria-hidden className="col-span-2 h-1.5 overflow-hidden rounded-full bg-sunken">
            <span className="block h-full rounded-full bg-accent-fill" style={{ width: `${share}%` }} />
          </span>
        ) : null}
      </Link>
    </li>
  );
}
