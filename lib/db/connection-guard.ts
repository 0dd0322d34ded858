import { AsyncLocalStorage } from "node:async_hooks";

/**
 * Knows whether the running code is inside a transaction of its database. A query on the outer handle there would
 * wait for SQLite's only connection for ever, and on PostgreSQL run outside the transaction: both are mistakes.
 */
export class ConnectionGuard {
  private readonly inside = new AsyncLocalStorage<{ open: boolean }>();

  async enter<T>(run: () => Promise<T>): Promise<T> {
    const transaction = { open: true };
    try {
      return await this.inside.run(transaction, run);
    } finally {
      transaction.open = false;
    }
  }

  assertOutside(): void {
    if (this.inside.getStore()?.open) throw new Error("A query inside a transaction used the outer database handle.");
  }
}

/** Kysely's adapter carries this, so that every handle of a database reaches the same guard. */
export type GuardedAdapter = { readonly guard: ConnectionGuard };

export function guardOf(adapter: object): ConnectionGuard {
  if (isGuarded(adapter)) return adapter.guard;
  throw new Error("This database was not opened by openDatabase.");
}

function isGuarded(adapter: object): adapter is GuardedAdapter {
  return "guard" in adapter && typeof adapter.guard === "object";
}
