import { guardOf } from "./connection-guard";
import type { Database, Transaction } from "./database";

/**
 * Runs `run` in one transaction, or in the caller's if it is in one already. Everything inside must use the handle
 * it is given: a query on the outer handle is refused. Keep upstream calls out: a transaction holds the only writer.
 */
export function inTransaction<T>(
  database: Database | Transaction,
  run: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  if (isTransaction(database)) return run(database);
  const guard = guardOf(database.getExecutor().adapter);
  return database.transaction().execute((transaction) => guard.enter(() => run(transaction)));
}

function isTransaction(database: Database | Transaction): database is Transaction {
  return database.isTransaction;
}
