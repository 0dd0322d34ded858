import { randomUUID } from "node:crypto";
import { type CrashPoint, crashPoints } from "@/lib/domain/crash-point";
import { api } from "@/lib/paths/paths";
import type { Findings } from "../five-checks";
import type { HttpOperator } from "../http-operator";
import { openProof, type Proof } from "../proof-console";

type Kind = "create" | "assign" | "remove" | "delete";
type Round = { kind: Kind; point: CrashPoint };

/** Six points of create, then the most telling ones of the others. */
const rounds: readonly Round[] = [
  ...crashPoints.filter((point) => point !== "after_reread").map((point) => ({ kind: "create" as const, point })),
  ...(["assign", "remove", "delete"] as const).flatMap((kind) =>
    (["after_sent", "in_flight", "after_answer"] as const).map((point) => ({ kind, point })),
  ),
];

/** Kills the console itself, as built and over HTTP, in the middle of a request; afterwards every request is repeated with its key. */
export async function killConsoles(
  databaseUrl: string | undefined,
): Promise<Findings & { intended: number; kills: number }> {
  const proof = await openProof({ databaseUrl: databaseUrl ?? null });
  try {
    const operator = await proof.signIn("administrator");
    const ask = await requestsFor(proof);
    const sent: { send: () => Promise<unknown> }[] = [];
    for (const { kind, point } of rounds) {
      await proof.restart(0, { KEYWARDEN_CRASH_AT: point, KEYWARDEN_TORTURE: "end-this-process" });
      const { path, body } = ask(kind, point);
      const key = randomUUID();
      const send = () => operator.post(path, body, key);
      proof.intended += 1;
      const died = await send().then(
        ({ status }) => `it answered ${status}`,
        () => null,
      );
      if (died !== null) throw new Error(`The console was to die in ${kind} at ${point}, but ${died}.`);
      await proof.consoles[0]?.exited;
      sent.push({ send });
    }
    await proof.restart();
    await proof.age();
    await proof.settle(operator, 90_000);
    await repeat(sent, operator, proof);
    return { ...(await proof.examine()), kills: rounds.length };
  } finally {
    await proof.stop();
  }
}

async function repeat(
  sent: readonly { send: () => Promise<unknown> }[],
  operator: HttpOperator,
  proof: Proof,
): Promise<void> {
  for (const { send } of sent) await send();
  await proof.settle(operator);
}

/** A request of each kind with an account of its own, all of which exist before the first kill. */
async function requestsFor(proof: Proof) {
  const { key, upstream } = proof;
  const [project] = await upstream.projects();
  const projectId = project?.id ?? 0;
  const victims: number[] = [];
  await proof.elsewhere(async () => {
    for (let index = 0; index < rounds.length; index += 1) {
      const { id } = await upstream.create({ username: `console-victim-${index}` });
      if (index < 3) await upstream.assign(id, projectId, "consumer");
      victims.push(id);
    }
  });
  await proof.sync(await proof.signIn("administrator"));
  const members = victims.splice(0, 3);
  return (kind: Kind, point: CrashPoint): { path: string; body: unknown } => {
    if (kind === "create") {
      const name = `console-${point.replaceAll("_", "-")}`;
      return { path: api.serviceAccounts(key), body: { name, expiresAt: null, neverReason: "torture" } };
    }
    const accountIds = [(kind === "remove" ? members : victims).pop()];
    if (kind === "assign")
      return { path: api.memberships(key), body: { accountIds, projects: [{ id: projectId, role: "analyst" }] } };
    if (kind === "remove") return { path: api.membershipRemovals(key), body: { accountIds, projectIds: [projectId] } };
    return { path: api.deletions(key), body: { accountIds, confirmation: "" } };
  };
}
