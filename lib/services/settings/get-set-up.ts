import { dialectOf } from "@/lib/db/database";
import { checkWritable } from "@/lib/db/writable";
import type { SetUp, SetUpItem } from "@/lib/domain/set-up";
import type { AppContext } from "@/lib/services/context";
import { listOrganizations } from "@/lib/services/organizations/list-organizations";

/** What is configured and whether it works, for administrators; names settings, never their secret values. */
export async function getSetUp(context: AppContext): Promise<SetUp> {
  const { environment, database } = context;
  const { organizations } = await listOrganizations(context);
  const writable = await checkWritable(database, environment.database.dataDir);
  const { signIn } = environment;
  const named = Object.entries(signIn.groups).filter(([, groups]) => groups.length > 0);
  const perOrganization = organizations.flatMap(
    ({ key, name, credentialRole, credentialUsername, sync }): SetUpItem[] => {
      const strong = credentialRole === "owner" || credentialRole === "admin";
      return [
        {
          id: `credential.${key}`,
          title: `${name}: the credential may change service accounts`,
          done: strong && sync.problem === null,
          detail: strong
            ? (sync.problem?.title ?? `${credentialUsername} is ${credentialRole}.`)
            : (sync.problem?.title ?? "Its role is not known yet, or it is not an owner or admin of the organization."),
        },
        {
          id: `sync.${key}`,
          title: `${name}: the inventory has been read`,
          done: sync.asOf !== null && sync.unreadProjects === 0,
          detail:
            sync.asOf === null
              ? "The first sync has not ended yet."
              : sync.unreadProjects > 0
                ? `${sync.unreadProjects} projects could not be read.`
                : "Each project was read at the last sync.",
        },
      ];
    },
  );
  return {
    items: [
      {
        id: "organizations",
        title: "At least one organization is connected",
        done: organizations.length > 0,
        detail:
          organizations.length > 0
            ? organizations.map(({ name }) => name).join(", ")
            : "Add one below, or set MIXPANEL_SERVICE_ACCOUNT, MIXPANEL_SERVICE_ACCOUNT_SECRET and MIXPANEL_ORGANIZATION_ID.",
      },
      ...perOrganization,
      {
        id: "groups",
        title: "Each operator role has a group",
        done: named.length === Object.keys(signIn.groups).length,
        detail: named.map(([role, groups]) => `${role}: ${groups.join(", ")}`).join("; "),
      },
      {
        id: "https",
        title: "The console is served over https",
        done: signIn.url.startsWith("https:"),
        detail: signIn.url,
      },
      {
        id: "writable",
        title: "The record can be written",
        done: writable.writable,
        detail: writable.writable ? "Changes are allowed." : writable.reason,
      },
    ],
    facts: [
      { term: "Identity provider", value: signIn.issuer },
      { term: "Groups claim", value: signIn.groupsClaim },
      { term: "Database", value: dialectOf(database) === "sqlite" ? "SQLite" : "PostgreSQL" },
      { term: "Deletions per operator and hour", value: String(environment.deletionsPerHour) },
    ],
  };
}
