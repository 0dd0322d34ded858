import type { Selectable } from "kysely";
import { newTourState, type TourState, tourStateSchema } from "@/lib/domain/tour";
import type { Database } from "./database";
import { storableText } from "./storable-text";
import type { Tables } from "./tables";

export type OperatorRow = Selectable<Tables["operators"]>;
type SignedIn = Pick<OperatorRow, "issuer" | "subject" | "name" | "email" | "role" | "last_sign_in_at">;

/** Who signs in is known by issuer and subject; name, e-mail and role are what the provider says now. */
export function upsertOperator(database: Database, newId: () => string, signedIn: SignedIn): Promise<OperatorRow> {
  const { issuer, subject, role, last_sign_in_at } = signedIn;
  const seen = { name: storableText(signedIn.name), email: storableText(signedIn.email), role, last_sign_in_at };
  return database
    .insertInto("operators")
    .values({ id: newId(), issuer, subject, ...seen, tour: JSON.stringify(newTourState) })
    .onConflict((conflict) => conflict.columns(["issuer", "subject"]).doUpdateSet(seen))
    .returningAll()
    .executeTakeFirstOrThrow();
}

export function findOperator(database: Database, id: string): Promise<OperatorRow | undefined> {
  return database.selectFrom("operators").selectAll().where("id", "=", id).executeTakeFirst();
}

export function listOperators(database: Database): Promise<OperatorRow[]> {
  return database.selectFrom("operators").selectAll().orderBy("name").orderBy("id").execute();
}

export async function findTour(database: Database, operatorId: string): Promise<TourState> {
  const row = await database.selectFrom("operators").select("tour").where("id", "=", operatorId).executeTakeFirst();
  return row ? tourStateSchema.parse(JSON.parse(row.tour)) : newTourState;
}

export async function storeTour(database: Database, operatorId: string, tour: TourState): Promise<void> {
  await database
    .updateTable("operators")
    .set({ tour: JSON.stringify(tour) })
    .where("id", "=", operatorId)
    .execute();
}
