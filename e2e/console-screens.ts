import { expect, type Page } from "@playwright/test";
import { pages } from "@/lib/paths/paths";
import { type UpstreamOrganization, upstreamOf } from "./upstream";

export type Screen = { name: ScreenName; address: string; ready: (page: Page) => ReturnType<Page["locator"]> };

const table = (name: string) => (page: Page) => page.getByRole("table", { name, exact: true });
const region = (name: string) => (page: Page) => page.getByRole("region", { name, exact: true });

export const screenNames = [
  "overview",
  "service-accounts",
  "service-account",
  "create",
  "projects",
  "project",
  "access",
  "findings",
  "policy",
  "rotations",
  "unfinished",
  "notifications",
  "audit-log",
  "organizations",
  "settings",
] as const;
type ScreenName = (typeof screenNames)[number];

/** Every screen of the console, and what is on it once it is there. */
export async function consoleScreens(organization: UpstreamOrganization): Promise<Screen[]> {
  const { key } = organization;
  const upstream = upstreamOf(organization);
  const [project] = await upstream.projects();
  const [member] = (await upstream.members(project!.id)).filter(({ target_type }) => target_type === "individual");
  return [
    { name: "overview", address: pages.overview(key), ready: region("Expiry timeline") },
    { name: "service-accounts", address: pages.serviceAccounts(key), ready: table("Service accounts") },
    { name: "service-account", address: pages.serviceAccount(key, member!.id), ready: region("Audit events") },
    {
      name: "create",
      address: pages.createServiceAccount(key),
      ready: (page) => page.getByRole("textbox", { name: "Name", exact: true }),
    },
    { name: "projects", address: pages.projects(key), ready: table("Projects") },
    { name: "project", address: pages.project(key, project!.id), ready: table("Members of this project") },
    {
      name: "access",
      address: pages.access(key),
      ready: (page) => page.getByRole("grid", { name: "Access matrix" }).getByRole("gridcell").first(),
    },
    { name: "findings", address: pages.findings(key), ready: region("Posture") },
    { name: "policy", address: pages.policy(key), ready: region("Rules") },
    { name: "rotations", address: pages.rotations(key), ready: region("Open") },
    { name: "unfinished", address: pages.unfinished(key), ready: region("Unfinished changes") },
    {
      name: "notifications",
      address: pages.notifications(key),
      ready: (page) => page.getByText("Nobody is warned yet"),
    },
    { name: "audit-log", address: pages.auditLog(key), ready: region("Audit log") },
    {
      name: "organizations",
      address: pages.organizations,
      ready: (page) => page.getByText("service accounts").first(),
    },
    { name: "settings", address: pages.settings, ready: region("Your role") },
  ];
}

export async function openScreen(page: Page, { address, ready }: Screen): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(ready(page)).toBeVisible();
}
