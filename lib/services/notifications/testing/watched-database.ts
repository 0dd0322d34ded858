import type { KyselyPlugin, RootOperationNode } from "kysely";
import type { Database } from "@/lib/db/database";

/** A statement: its kind, such as InsertQueryNode, and whether it names a table. */
export type Statement = { kind: RootOperationNode["kind"]; names: (table: string) => boolean };
type Hooks = {
  /** Throws to let the process die at this statement. */
  before?: (statement: Statement) => void;
  after?: (statement: Statement) => Promise<void>;
};

/** The same database, seen by a process that a test can stop between any two statements. */
export function watchedDatabase(database: Database, { before, after }: Hooks): Database {
  const running = new WeakMap<object, Statement>();
  const plugin: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      const text = JSON.stringify(node);
      const statement = { kind: node.kind, names: (table: string) => text.includes(`"name":"${table}"`) };
      running.set(queryId, statement);
      before?.(statement);
      return node;
    },
    async transformResult({ result, queryId }) {
      const statement = running.get(queryId);
      if (statement) await after?.(statement);
      return result;
    },
  };
  return database.withPlugin(plugin);
}
