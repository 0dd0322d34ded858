import { type OperatorRole, operatorRoles } from "@/lib/domain/operator";
import { pages } from "@/lib/paths/paths";

export type WalkthroughStep = {
  /** Where the step happens; null stays on the current page. */
  page: (organizationKey: string) => string;
  /** A `data-tour` mark on the real screen. */
  mark: string;
  title: string;
  text: string;
  from: OperatorRole;
};

const steps: WalkthroughStep[] = [
  {
    page: pages.overview,
    mark: "attention",
    title: "What needs you today",
    text: "Expired and soon expiring service accounts come first, with when they were last used. Each is a link to what to do next.",
    from: "viewer",
  },
  {
    page: pages.overview,
    mark: "as-of",
    title: "How old this is",
    text: "Pages read a stored picture of Mixpanel and say from when it is. It refreshes itself behind the page; you can also ask for it.",
    from: "viewer",
  },
  {
    page: pages.serviceAccounts,
    mark: "search",
    title: "Find an account",
    text: "Search by name, creator, owner, purpose or tag. Press / to jump here from anywhere on the list.",
    from: "viewer",
  },
  {
    page: pages.serviceAccounts,
    mark: "filters",
    title: "Narrow the list",
    text: "By expiry, start of rotation, role, owner and use. The address holds every filter, so a link to this view is a link to these rows.",
    from: "viewer",
  },
  {
    page: pages.serviceAccounts,
    mark: "create",
    title: "Create a service account",
    text: "Least privilege is the default: consumer, no project, an expiry in 90 days. You see what will happen before it does, and the secret once.",
    from: "manager",
  },
  {
    page: pages.serviceAccounts,
    mark: "select",
    title: "Change several at once",
    text: "Select rows to assign them to projects, take access away, annotate or delete them. The console says what that touches before it does it.",
    from: "manager",
  },
  {
    page: pages.findings,
    mark: "findings",
    title: "Findings",
    text: "What departs from the policy, and what resolves it.",
    from: "viewer",
  },
  {
    page: pages.projects,
    mark: "projects",
    title: "Who can reach a project",
    text: "Each project lists its members with their role and why they have it: an individual grant, a team or the organization.",
    from: "viewer",
  },
  {
    page: pages.access,
    mark: "access",
    title: "The whole picture of access",
    text: "Every service account against every project, with the role in the cell. Narrow it by role, grant or project; choose a cell to read why.",
    from: "viewer",
  },
  {
    page: pages.unfinished,
    mark: "unfinished",
    title: "When an answer was lost",
    text: "A change whose outcome is unknown is never repeated by itself. It waits here with what is known and the one safe next step.",
    from: "manager",
  },
  {
    page: pages.auditLog,
    mark: "audit",
    title: "Everything is on record",
    text: "Who changed what, from where, and what Mixpanel answered. Secrets never appear here.",
    from: "viewer",
  },
  {
    page: () => pages.settings,
    mark: "set-up",
    title: "What is set up",
    text: "The list ticks itself off from what is really configured: credentials, sign-in, sync and storage.",
    from: "administrator",
  },
];

/** The tour of one role: everything the role can use, nothing it cannot. */
export function walkthroughSteps(role: OperatorRole): WalkthroughStep[] {
  return steps.filter(({ from }) => operatorRoles.indexOf(from) <= operatorRoles.indexOf(role));
}
