import { z } from "zod";
import { type Region, regionOfDomain } from "@/lib/domain/region";
import { isRecord, orNull, unwrap, wireId, wireText } from "./wire-values";

/** Entries of an object keyed by id, each with the id it states or else its key. */
function entriesById(value: unknown): unknown {
  if (value === undefined || value === null) return [];
  if (!isRecord(value)) return value;
  return Object.entries(value).map(([key, entry]) =>
    isRecord(entry) && !wireId.safeParse(entry.id).success ? { ...entry, id: key } : entry,
  );
}

const onceEach = (entries: { id: number }[]) => new Set(entries.map((entry) => entry.id)).size === entries.length;

const organizationSchema = z
  .object({ id: wireId, name: orNull(wireText), role: orNull(wireText) })
  .transform(({ id, name, role }) => ({ id, name: name || `Organization ${id}`, role }));

function projectSchema(home: Region) {
  return z
    .object({
      id: wireId,
      name: orNull(wireText),
      organization_id: orNull(wireId),
      timezone: orNull(wireText),
      domain: orNull(wireText),
    })
    .transform(({ id, name, organization_id, timezone, domain }) => ({
      id,
      name: name || `Project ${id}`,
      region: domain === null ? home : regionOfDomain(domain),
      timezone,
      organizationId: organization_id,
    }));
}

/** `/me`, as seen from a region: a project that does not tell its domain is taken to be there. */
export function meAnswer(home: Region) {
  return z.preprocess(
    unwrap,
    z
      .object({
        user_id: orNull(wireId),
        user_email: orNull(wireText),
        organizations: z.preprocess(entriesById, z.array(organizationSchema).refine(onceEach)),
        projects: z.preprocess(entriesById, z.array(projectSchema(home)).refine(onceEach)),
      })
      .transform(({ user_id, user_email, organizations, projects }) => ({
        userId: user_id,
        email: user_email,
        organizations,
        projects,
      })),
  );
}
export type Me = z.infer<ReturnType<typeof meAnswer>>;
