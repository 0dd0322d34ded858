import { setTimeout as wait } from "node:timers/promises";
import { bulkDeleteConfirmation } from "@/lib/domain/change";
import { type CrashPoint, crashPoints } from "@/lib/domain/crash-point";
import { issuedSecrets } from "../five-checks";
import type { Arena } from "./arena";
import type { Replica } from "./replica";
import type { Request } from "./task";

type Victim = { account: { id: number; name: string }; projects: number[] };
/** The accounts that one round takes: one to assign, one to remove, two to delete. */
export const ACCOUNTS_PER_ROUND = 4;

export const creation = (name: string) => ({ name, expiresAt: null, neverReason: "torture" });

/** Accounts whose individual grants the rounds take away again; granted before the first sync. */
export async function prepareRemovals(arena: Arena, count: number): Promise<Victim[]> {
  const projects = arena.takeProjects(2);
  const victims = Array.from({ length: count }, () => ({ account: arena.takeAccount(), projects }));
  if (count > 0)
    await arena.grant(
      victims.map(({ account }) => account.id),
      projects,
    );
  return victims;
}

/** One request of each kind; together they are seven operations. */
function requestsOf(arena: Arena, name: string, removal: Victim): Request[] {
  const operator = arena.kills % 2 === 0 ? "Ada" : "Max";
  const one = arena.takeAccount();
  const doomed = [arena.takeAccount(), arena.takeAccount()];
  const ask = () => ({ operator, key: arena.newKey() }) as const;
  const roles = ["consumer", "analyst"] as const;
  const projects = arena.takeProjects(2).map((id, index) => ({ id, role: roles[index] ?? "consumer" }));
  return [
    { ...ask(), kind: "create", input: creation(name) },
    { ...ask(), kind: "assign", input: { accountIds: [one.id], projects } },
    { ...ask(), kind: "remove", input: { accountIds: [removal.account.id], projectIds: removal.projects } },
    {
      ...ask(),
      kind: "delete",
      input: { accountIds: doomed.map(({ id }) => id), confirmation: bulkDeleteConfirmation(2) },
    },
  ];
}
const operationsOf = (kind: Request["kind"]) => (kind === "create" ? 1 : 2);

/** How often a request comes to the point: once while it is prepared, then once per operation; only memberships are read back. */
function standsAt(point: CrashPoint, { kind }: Request, firstOnly: boolean): number | null {
  if (point === "after_reread" && (kind === "create" || kind === "delete")) return null;
  return point === "before_prepared" || firstOnly ? 1 : operationsOf(kind);
}

/** Kills a process while changes of every kind stand at one point, over and over; each new process first does what a start does. */
export async function killAtEveryPoint(
  arena: Arena,
  rounds: number,
  perKill: number,
  victims: Victim[],
): Promise<Request[]> {
  const all: Request[] = [];
  for (const point of crashPoints) {
    for (let round = 0; round < rounds; round += perKill) {
      const replica = await arena.live();
      await replica.answer({ kind: "recover" });
      const names = Array.from(
        { length: Math.min(perKill, rounds - round) },
        (_, more) => `torture-${point.replaceAll("_", "-")}-${round + more}`,
      );
      const requests = names.flatMap((name) => requestsOf(arena, name, victims.pop() ?? tooFew()));
      await stand(replica, requests, point, round % 2 === 1);
      if (point === "in_flight") await wait(Math.random() * 25);
      await arena.kill();
      arena.intended += requests.reduce((sum, { kind }) => sum + operationsOf(kind), 0);
      all.push(...requests);
      if (point !== "after_outcome") continue;
      for (const request of requests) if (request.kind === "create") await expectSecret(arena, request);
    }
  }
  return all;
}

function tooFew(): never {
  throw new Error("There are not enough accounts to remove.");
}

async function stand(
  replica: Replica,
  requests: readonly Request[],
  point: CrashPoint,
  firstOnly: boolean,
): Promise<void> {
  const expected = new Map<number, number | null>();
  for (const request of requests) {
    const { id } = replica.ask({ ...request, stallAt: point, stallFirst: firstOnly });
    expected.set(id, standsAt(point, request, firstOnly));
  }
  await replica.standing(expected);
}

/** After the outcome was committed the secret is sealed, and its operator may still open it in the next process. */
async function expectSecret(arena: Arena, request: Extract<Request, { kind: "create" }>): Promise<void> {
  const { operator } = request;
  const { name } = request.input;
  const replica = await arena.live();
  const opened = await replica.answer({ kind: "open", operator, name });
  const entries = (await arena.ledger()).filter(({ body }) => JSON.stringify(body ?? null).includes(`"${name}"`));
  const [issued] = issuedSecrets(entries);
  if (opened !== issued || issued === undefined) arena.lostSecrets += 1;
}

/** Kills at moments that nobody chose, in the middle of many changes. */
export async function killAnywhere(arena: Arena, rounds: number, victims: Victim[]): Promise<Request[]> {
  const all: Request[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const replica = await arena.live();
    await replica.answer({ kind: "recover" });
    const requests = requestsOf(arena, `torture-anywhere-${round}`, victims.pop() ?? tooFew());
    for (const request of requests) replica.ask(request);
    await wait(Math.random() * 120);
    await arena.kill();
    arena.intended += requests.reduce((sum, { kind }) => sum + operationsOf(kind), 0);
    all.push(...requests);
  }
  return all;
}

/** The operators press their buttons again: the same keys, so nothing may happen twice. */
export async function repeatAll(arena: Arena, requests: readonly Request[]): Promise<void> {
  const replica = await arena.live();
  for (let start = 0; start < requests.length; start += 16) {
    await Promise.all(requests.slice(start, start + 16).map((request) => replica.ask(request).reply));
  }
}
