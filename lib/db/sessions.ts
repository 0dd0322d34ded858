import type { Selectable } from "kysely";
import type { Database } from "./database";
import type { Tables } from "./tables";

export type SessionRow = Selectable<Tables["sessions"]>;
export type ActiveSession = SessionRow & { name: string; email: string | null; issuer: string; subject: string };
/** A session lives while it was used and begun after these instants: the idle and the absolute limit. */
export type SessionLimits = { seenAfter: string; createdAfter: string };

export async function insertSession(
  database: Database,
  session: Omit<SessionRow, "ended_at" | "ended_reason">,
): Promise<void> {
  await database
    .insertInto("sessions")
    .values({ ...session, ended_at: null, ended_reason: null })
    .execute();
}

/** The session of a cookie with its operator, unless it has ended by itself, by time or by another's hand. */
export function findActiveSession(
  database: Database,
  idHash: string,
  limits: SessionLimits,
): Promise<ActiveSession | undefined> {
  return database
    .selectFrom("sessions")
    .innerJoin("operators", "operators.id", "sessions.operator_id")
    .selectAll("sessions")
    .select(["operators.name", "operators.email", "operators.issuer", "operators.subject"])
    .where("sessions.id_hash", "=", idHash)
    .where("sessions.ended_at", "is", null)
    .where("sessions.seen_at", ">", limits.seenAfter)
    .where("sessions.created_at", ">", limits.createdAfter)
    .executeTakeFirst();
}

/** Notes a use; a late request never moves the instant back. */
export async function touchSession(database: Database, idHash: string, seenAt: string): Promise<void> {
  await database
    .updateTable("sessions")
    .set({ seen_at: seenAt })
    .where("id_hash", "=", idHash)
    .where("ended_at", "is", null)
    .where("seen_at", "<", seenAt)
    .execute();
}

/** Notes what the provider said when the groups were asked for again. */
export async function storeGroupCheck(
  database: Database,
  idHash: string,
  checked: Pick<SessionRow, "role" | "groups_checked_at" | "sealed_refresh_token">,
): Promise<void> {
  await database
    .updateTable("sessions")
    .set(checked)
    .where("id_hash", "=", idHash)
    .where("ended_at", "is", null)
    .execute();
}

type End = { at: string; reason: string };

/** Answers whether this call ended it. An ended session keeps no refresh token. */
export async function endSession(database: Database, idHash: string, end: End): Promise<boolean> {
  const row = await database
    .updateTable("sessions")
    .set({ ended_at: end.at, ended_reason: end.reason, sealed_refresh_token: null })
    .where("id_hash", "=", idHash)
    .where("ended_at", "is", null)
    .returning("id_hash")
    .executeTakeFirst();
  return row !== undefined;
}

/** Answers how many sessions this ended. */
export async function endSessionsOfOperator(database: Database, operatorId: string, end: End): Promise<number> {
  const rows = await database
    .updateTable("sessions")
    .set({ ended_at: end.at, ended_reason: end.reason, sealed_refresh_token: null })
    .where("operator_id", "=", operatorId)
    .where("ended_at", "is", null)
    .returning("id_hash")
    .execute();
  return rows.length;
}

/** Removes the rows of sessions that are over, ended or past a limit; answers how many. */
export async function purgeSessions(database: Database, limits: SessionLimits): Promise<number> {
  const rows = await database
    .deleteFrom("sessions")
    .where(({ eb, or }) =>
      or([
        eb("ended_at", "<=", limits.seenAfter),
        eb("seen_at", "<=", limits.seenAfter),
        eb("created_at", "<=", limits.createdAfter),
      ]),
    )
    .returning("id_hash")
    .execute();
  return rows.length;
}

/** Open sessions of each operator who has any, and when one of them was last used. */
export function countOpenSessions(database: Database, limits: SessionLimits) {
  return database
    .selectFrom("sessions")
    .select(({ fn }) => ["operator_id", fn.countAll<number>().as("sessions"), fn.max("seen_at").as("last_seen_at")])
    .where("ended_at", "is", null)
    .where("seen_at", ">", limits.seenAfter)
    .where("created_at", ">", limits.createdAfter)
    .groupBy("operator_id")
    .execute();
}

/** One operator's open sessions, the last used first. */
export function listOpenSessions(database: Database, operatorId: string, limits: SessionLimits): Promise<SessionRow[]> {
  return database
    .selectFrom("sessions")
    .selectAll()
    .where("operator_id", "=", operatorId)
    .where("ended_at", "is", null)
    .where("seen_at", ">", limits.seenAfter)
    .where("created_at", ">", limits.createdAfter)
    .orderBy("seen_at", "desc")
    .orderBy("id_hash")
    .execute();
}
