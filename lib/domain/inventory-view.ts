import { z } from "zod";
import { annotationViewSchema } from "./annotation";
import { auditEventSchema } from "./audit-event";
import { operationKindSchema, operationStateSchema } from "./operation";
import { organizationSchema } from "./organization";
import { projectSchema } from "./project";
import { instantSchema, serviceAccountSchema } from "./service-account";
import { usageViewSchema } from "./usage-view";

/** How old the stored picture is and how its refresh goes. */
export const syncViewSchema = z.object({
  /** When the picture was last read whole; null before the first sync. */
  asOf: instantSchema.nullable(),
  running: z.boolean(),
  projectsDone: z.number().int(),
  projectsTotal: z.number().int(),
  /** The last attempt's failure, cleared by the next success. */
  problem: z
    .object({
      code: z.string(),
      title: z.string(),
      advice: z.string(),
      reason: z.string().nullable(),
      at: instantSchema,
      /** Until when no page view asks Mixpanel again. */
      retryAt: instantSchema.optional(),
    })
    .nullable(),
  /** Set when a refresh came back suspiciously empty and replaced nothing, for example "0 accounts, was 87". */
  doubt: z.string().nullable(),
  /** Projects whose members could not be read at the last sync: their memberships are older than `asOf`. */
  unreadProjects: z.number().int(),
  stale: z.boolean(),
  /** Upstream clock minus ours in ms, where it is over two minutes. */
  clockSkewMs: z.number().nullable(),
});
export type SyncView = z.infer<typeof syncViewSchema>;

export const organizationViewSchema = organizationSchema.extend({
  credentialUsername: z.string(),
  /** The credential's role as `/me` told it; null until known. */
  credentialRole: z.string().nullable(),
  accounts: z.number().int(),
  attention: z.number().int(),
  sync: syncViewSchema,
});
export type OrganizationView = z.infer<typeof organizationViewSchema>;
export const organizationsAnswerSchema = z.object({ organizations: z.array(organizationViewSchema) });

/** An operation under way or unresolved, as others looking at the same account see it. */
export const pendingOperationSchema = z.object({
  id: z.string(),
  kind: operationKindSchema,
  state: operationStateSchema,
  actorName: z.string(),
  at: instantSchema,
});
export type PendingOperation = z.infer<typeof pendingOperationSchema>;

export const accountRowSchema = serviceAccountSchema.extend({
  name: z.string(),
  /** The rest of the username, quiet on screen. */
  suffix: z.string(),
  highestRole: z.string().nullable(),
  highestGrant: z.string().nullable(),
  projectCount: z.number().int(),
  /** As recorded in Keywarden. */
  owner: z.string().nullable(),
  tags: z.array(z.string()),
  /** When its rotation has to start; null where it never expires. */
  rotateBy: instantSchema.nullable(),
  /** Whether this is the credential the console itself uses. */
  own: z.boolean(),
});
export type AccountRow = z.infer<typeof accountRowSchema>;

/** A row of the list: the account with how it is used. */
export const accountListRowSchema = accountRowSchema.extend({ usage: usageViewSchema });
export type AccountListRow = z.infer<typeof accountListRowSchema>;

export const accountPageSchema = z.object({
  rows: z.array(accountListRowSchema),
  total: z.number().int(),
  /** Accounts in the organization without any filter: tells "none yet" from "none match". */
  unfilteredTotal: z.number().int(),
  /** Roles that occur in this organization, for the filter. */
  roles: z.array(z.string()),
  /** Owners and tags that occur, for the same. */
  owners: z.array(z.string()),
  tags: z.array(z.string()),
  sync: syncViewSchema,
});
export type AccountPage = z.infer<typeof accountPageSchema>;

export const membershipViewSchema = z.object({
  projectId: z.number().int(),
  projectName: z.string(),
  region: projectSchema.shape.region,
  role: z.string(),
  grant: z.string(),
  sensitiveAccess: z.boolean().nullable(),
});
export type MembershipView = z.infer<typeof membershipViewSchema>;

/** Several accounts with every membership of theirs: what a change to all of them would touch. */
export const accountSelectionSchema = z.object({
  accounts: z.array(accountRowSchema),
  memberships: z.array(membershipViewSchema.extend({ accountId: z.number().int() })),
});
export type AccountSelection = z.infer<typeof accountSelectionSchema>;

export const accountDetailSchema = z.object({
  account: accountRowSchema,
  memberships: z.array(membershipViewSchema),
  /** Known only when created here; Mixpanel does not tell it. */
  organizationRole: z.string().nullable(),
  annotation: annotationViewSchema,
  usage: usageViewSchema,
  /** The days between `rotateBy` and the expiry; `fromPolicy`: nothing is recorded of the owner's lead time. */
  rotation: z.object({ leadTimeDays: z.number().int(), overlapDays: z.number().int(), fromPolicy: z.boolean() }),
  pending: z.array(pendingOperationSchema),
  sync: syncViewSchema,
});
export type AccountDetail = z.infer<typeof accountDetailSchema>;

export const projectRowSchema = projectSchema.extend({
  memberCount: z.number().int(),
  /** Members by organization grant: everywhere, hence not worth counting as this project's own. */
  organizationGrantCount: z.number().int(),
  syncedAt: instantSchema.nullable(),
  problem: z.string().nullable(),
});
export type ProjectRow = z.infer<typeof projectRowSchema>;
export const projectPageSchema = z.object({
  rows: z.array(projectRowSchema),
  total: z.number().int(),
  unfilteredTotal: z.number().int(),
  sync: syncViewSchema,
});
export type ProjectPage = z.infer<typeof projectPageSchema>;

export const projectMemberSchema = accountRowSchema.extend({ role: z.string(), grant: z.string() });
export const projectDetailSchema = z.object({
  project: projectRowSchema,
  members: z.array(projectMemberSchema),
  total: z.number().int(),
  sync: syncViewSchema,
});
export type ProjectDetail = z.infer<typeof projectDetailSchema>;

export const overviewSchema = z.object({
  counts: z.object({
    accounts: z.number().int(),
    projects: z.number().int(),
    expired: z.number().int(),
    critical: z.number().int(),
    warning: z.number().int(),
    notice: z.number().int(),
    later: z.number().int(),
    never: z.number().int(),
    neverUsed: z.number().int(),
    unused90: z.number().int(),
    noProjects: z.number().int(),
    ownerOrAdmin: z.number().int(),
    silent: z.number().int(),
    /** Rotations that should start within a week, those that should have started among them. */
    rotationsDue: z.number().int(),
    rotationsLate: z.number().int(),
    unfinished: z.number().int(),
  }),
  /** How the organization stands by its policy; the score is null without accounts, `judgedAt` before the first judging. */
  findings: z.object({
    score: z.number().int().nullable(),
    critical: z.number().int(),
    warning: z.number().int(),
    notice: z.number().int(),
    judgedAt: instantSchema.nullable(),
  }),
  /** The accounts that need somebody first: expired and used lately, then the nearest expiries; at most 12. */
  attention: z.array(accountRowSchema),
  /** The first expiries of each of the coming twelve months, soonest first. */
  timeline: z.array(z.object({ id: z.number().int(), name: z.string(), expiresAt: instantSchema })),
  /** `YYYY-MM` → how many expire in it, those without a mark too. */
  timelineCounts: z.record(z.string(), z.number().int()),
  /** What changed at Mixpanel without Keywarden in the last seven days: how many events, and the latest of them. */
  drift: z.object({ events: z.number().int(), latest: z.array(auditEventSchema) }),
  sync: syncViewSchema,
});
export type Overview = z.infer<typeof overviewSchema>;
