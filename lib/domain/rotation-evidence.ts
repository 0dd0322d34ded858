import { z } from "zod";
import { instantSchema } from "./service-account";
import type { UsageHistory } from "./usage-history";
import { rhythmOf, silentAfterDays } from "./usage-rhythm";

const DAY_MS = 86_400_000;

/** What the stored picture and Mixpanel show of the two sides; what a deletion rests on goes into the record as it is here. */
export const rotationEvidenceSchema = z.object({
  /** When this was read from Mixpanel: nothing after it has been seen. */
  seenAt: instantSchema.nullable(),
  replacementExists: z.boolean(),
  /** The replacement's last use that was not the console's own trial. */
  replacementUsedAt: instantSchema.nullable(),
  predecessorExists: z.boolean(),
  predecessorExpired: z.boolean(),
  predecessorUsedAt: instantSchema.nullable(),
  /** How many days of silence are asked for, and whether its own rhythm says so. */
  silentAfterDays: z.number().int(),
  byRhythm: z.boolean(),
  /** From when silence counts: hand-over, last use or restored memberships, whichever came last; null before. */
  quietSince: instantSchema.nullable(),
  quietUntil: instantSchema.nullable(),
  silent: z.boolean(),
  /** Individual memberships of the predecessor that quarantine could take away. */
  removable: z.number().int(),
});
export type RotationEvidence = z.infer<typeof rotationEvidenceSchema>;

export type RotationFacts = {
  /** Mixpanel's clock. */
  now: Date;
  seenAt: string | null;
  quietDays: number;
  handedOverAt: string | null;
  restoredAt: string | null;
  predecessor: {
    lastUsedAt: string | null;
    expiresAt: string | null;
    history: UsageHistory | null;
    removable: number;
  } | null;
  replacement: { lastUsedAt: string | null } | null;
  /** Uses of the replacement up to this instant were the console's own; null when it never tried. */
  ownUseUntil: string | null;
};

/** Judges silence by the predecessor's own rhythm, and only by what has really been looked at. */
export function evidenceOf(facts: RotationFacts): RotationEvidence {
  const { predecessor, replacement, now, seenAt } = facts;
  const history = predecessor?.history ?? { since: 0, days: [] };
  const days = silentAfterDays(history, facts.quietDays);
  const quietSince =
    facts.handedOverAt === null ? null : latest(facts.handedOverAt, predecessor?.lastUsedAt, facts.restoredAt);
  const quietUntil = quietSince === null ? null : new Date(Date.parse(quietSince) + days * DAY_MS).toISOString();
  const lookedUntil = Math.min(now.getTime(), seenAt === null ? 0 : Date.parse(seenAt));
  return {
    seenAt,
    replacementExists: replacement !== null,
    replacementUsedAt: othersUse(replacement?.lastUsedAt ?? null, facts.ownUseUntil),
    predecessorExists: predecessor !== null,
    predecessorExpired: predecessor?.expiresAt != null && Date.parse(predecessor.expiresAt) <= now.getTime(),
    predecessorUsedAt: predecessor?.lastUsedAt ?? null,
    silentAfterDays: days,
    byRhythm: rhythmOf(history) !== null,
    quietSince,
    quietUntil,
    silent: quietUntil !== null && lookedUntil >= Date.parse(quietUntil),
    removable: predecessor?.removable ?? 0,
  };
}

/** A use that the console's own trial does not explain: the receipt. */
export function othersUse(lastUsedAt: string | null, ownUseUntil: string | null): string | null {
  if (lastUsedAt === null) return null;
  return ownUseUntil === null || Date.parse(lastUsedAt) > Date.parse(ownUseUntil) ? lastUsedAt : null;
}

/** Both work side by side for this long after the proof, but never past the predecessor's end. */
export function overlapEnd(provenAt: string, overlapDays: number, predecessorExpiresAt: string | null): string {
  const planned = new Date(Date.parse(provenAt) + overlapDays * DAY_MS).toISOString();
  return predecessorExpiresAt !== null && predecessorExpiresAt < planned ? predecessorExpiresAt : planned;
}

/** By when the secret has to be in its place: the owner's days, but never past the predecessor's end. */
export function handOverDue(startedAt: string, leadTimeDays: number, predecessorExpiresAt: string | null): string {
  return overlapEnd(startedAt, leadTimeDays, predecessorExpiresAt);
}

function latest(...instants: (string | null | undefined)[]): string {
  return instants.reduce<string>((last, instant) => (instant != null && instant > last ? instant : last), "");
}
