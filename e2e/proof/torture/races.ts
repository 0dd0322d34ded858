import pLimit from "p-limit";
import type { Arena } from "./arena";
import { creation } from "./kills";
import type { Replica } from "./replica";
import type { Reply, Request } from "./task";

type Replicas = readonly [Replica, Replica];
type Pair = { first: Request; second: Request; intended: number };

/** Pairs at once; each is still a race of two processes for the same rows. */
const AT_ONCE = 6;
export const PARALLEL_PER_KEY = 50;

/** Two changes to one account at one moment: by two operators, by one with two keys, and one change sent twice with one key. */
const races: ((arena: Arena, index: number) => Pair)[] = [
  (arena, index) => oneKey(arena, creationOf(arena, `raced-once-${index}`)),
  (arena) => oneKey(arena, assignment(arena, "analyst")),
  (arena) => oneKey(arena, deletion(arena)),
  (arena, index) => two(creationOf(arena, `raced-${index}`), "Max"),
  (arena) => {
    const request = assignment(arena, "consumer");
    const other = {
      ...request.input,
      projects: request.input.projects.map(({ id }) => ({ id, role: "analyst" as const })),
    };
    return { first: request, second: { ...request, operator: "Max", key: arena.newKey(), input: other }, intended: 2 };
  },
  (arena) => two(assignment(arena, "consumer"), "Ada"),
  (arena) => two(deletion(arena), "Max"),
  (arena) => {
    const first = assignment(arena, "consumer");
    const [accountId = 0] = first.input.accountIds;
    const input = { accountIds: [accountId], confirmation: "" };
    return { first, second: { kind: "delete", operator: "Max", key: arena.newKey(), input }, intended: 2 };
  },
  (arena) => {
    const first = assignment(arena, "consumer");
    const { accountIds, projects } = first.input;
    const input = { accountIds, projectIds: projects.map(({ id }) => id) };
    return { first, second: { kind: "remove", operator: "Max", key: arena.newKey(), input }, intended: 2 };
  },
];

const by = (arena: Arena) => ({ operator: "Ada", key: arena.newKey() }) as const;
const creationOf = (arena: Arena, name: string) => ({ ...by(arena), kind: "create" as const, input: creation(name) });
const assignment = (arena: Arena, role: "consumer" | "analyst") => ({
  ...by(arena),
  kind: "assign" as const,
  input: { accountIds: [arena.takeAccount().id], projects: arena.takeProjects(1).map((id) => ({ id, role })) },
});
const deletion = (arena: Arena) => ({
  ...by(arena),
  kind: "delete" as const,
  input: { accountIds: [arena.takeAccount().id], confirmation: "" },
});
const oneKey = (_: Arena, request: Request): Pair => ({ first: request, second: request, intended: 1 });
const two = (request: Request, operator: "Ada" | "Max"): Pair => ({
  first: request,
  second: { ...request, operator, key: `${request.key.slice(0, 30)}-again` },
  intended: 2,
});

/** Runs the pairs in two processes at once. */
export async function racePairs(arena: Arena, [left, right]: Replicas, pairs: number): Promise<void> {
  const limit = pLimit(AT_ONCE);
  await limit.map(
    Array.from({ length: pairs }, (_, index) => index),
    async (index) => {
      const pair = races[index % races.length]?.(arena, index);
      if (!pair) return;
      arena.intended += pair.intended;
      const replies = await Promise.all([left.ask(pair.first).reply, right.ask(pair.second).reply]);
      if (pair.intended === 1) compare(arena, replies);
    },
  );
}

/** Fifty requests with one key, half of them in each process; one change comes of them, and one answer. */
export async function raceKeys(arena: Arena, [left, right]: Replicas, keys: number): Promise<void> {
  for (let index = 0; index < keys; index += 1) {
    const kinds = [creationOf(arena, `pressed-fifty-times-${index}`), assignment(arena, "analyst"), deletion(arena)];
    const request = kinds[index % kinds.length];
    if (!request) continue;
    arena.intended += 1;
    const replicaOf = (turn: number): Replica => (turn % 2 === 0 ? left : right);
    const replies = await Promise.all(
      Array.from({ length: PARALLEL_PER_KEY }, (_, turn) => replicaOf(turn).ask(request).reply),
    );
    compare(arena, replies);
  }
}

function compare(arena: Arena, replies: readonly Reply[]): void {
  const told = new Set(replies.map((reply) => JSON.stringify({ ...reply, id: 0 })));
  if (told.size > 1) arena.differing += 1;
}
