import { z } from "zod";
import { expiryStates } from "./service-account";

export const accountSorts = [
  "name",
  "owner",
  "role",
  "projects",
  "created",
  "creator",
  "lastUsed",
  "expires",
  "rotateBy",
] as const;
export const sortOrders = ["asc", "desc"] as const;
export const pageSizes = [50, 100, 250] as const;
/** `silent`: beyond its own rhythm. `unused_90` leaves out what is within its rhythm even so. */
export const usageFilters = ["never_used", "unused_90", "silent"] as const;
/** As an owner: accounts without one. */
export const NO_OWNER = "-";

/** How many values one filter may name. */
export const FILTER_MAX = 50;
const list = <T extends z.ZodType>(item: T) =>
  z
    .preprocess(
      (value) => (typeof value === "string" ? value.split(",").filter(Boolean) : value),
      z.array(item).max(FILTER_MAX),
    )
    .default([]);

/** The address of a service-account list: page, export and API read the same parameters. Comma lists, one-based pages. */
export const accountQuerySchema = z.object({
  search: z.string().trim().max(200).default(""),
  expiry: list(z.enum(expiryStates)),
  role: list(z.string().max(100)),
  project: z.coerce.number().int().positive().optional(),
  usage: list(z.enum(usageFilters)),
  projects: z.enum(["none"]).optional(),
  owner: z.string().trim().min(1).max(120).optional(),
  /** Any of these. */
  tag: list(z.string().max(40)),
  /** Still working, and its rotation should start within so many days; 0: should have started. */
  rotation: z.coerce.number().int().min(0).max(365).optional(),
  sort: z.enum(accountSorts).default("expires"),
  order: z.enum(sortOrders).default("asc"),
  page: z.coerce.number().int().min(1).default(1),
  size: z.coerce
    .number()
    .int()
    .refine((size) => (pageSizes as readonly number[]).includes(size))
    .default(50),
});
export type AccountQuery = z.infer<typeof accountQuerySchema>;

/** The accounts of a bulk change, as `ids=1,2,3`. */
export const selectionQuerySchema = z.object({
  ids: z.preprocess(
    (value) => (typeof value === "string" ? value.split(",").filter(Boolean) : value),
    z.array(z.coerce.number().int().positive()).min(1).max(200),
  ),
});
export type SelectionQuery = z.infer<typeof selectionQuerySchema>;

export const projectSorts = ["name", "region", "members", "id"] as const;
export const projectQuerySchema = z.object({
  search: z.string().trim().max(200).default(""),
  sort: z.enum(projectSorts).default("name"),
  order: z.enum(sortOrders).default("asc"),
  page: z.coerce.number().int().min(1).default(1),
  size: z.coerce.number().int().min(1).max(1000).default(100),
});
export type ProjectQuery = z.infer<typeof projectQuerySchema>;

export const accessSorts = ["name", "role", "projects"] as const;
export const ACCESS_PAGE_SIZE = 100;
/** Who reaches what: accounts down, projects across; a filter leaves the accounts that hold such a membership. */
export const accessQuerySchema = z.object({
  search: z.string().trim().max(200).default(""),
  project: list(z.coerce.number().int().positive()),
  role: list(z.string().max(100)),
  grant: list(z.string().max(100)),
  sort: z.enum(accessSorts).default("name"),
  page: z.coerce.number().int().min(1).default(1),
});
export type AccessQuery = z.infer<typeof accessQuerySchema>;

export const auditQuerySchema = z.object({
  search: z.string().trim().max(200).default(""),
  action: z.string().max(60).optional(),
  outcome: z.string().max(30).optional(),
  actor: z.string().max(100).optional(),
  account: z.coerce.number().int().positive().optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  page: z.coerce.number().int().min(1).default(1),
  size: z.coerce.number().int().min(1).max(250).default(50),
});
export type AuditQuery = z.infer<typeof auditQuerySchema>;

/** The record as a file: the same filter, without pages. */
export const auditExportQuerySchema = auditQuerySchema
  .omit({ page: true, size: true })
  .extend({ format: z.enum(["csv", "ndjson"]).default("csv") });
