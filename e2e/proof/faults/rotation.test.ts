import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { AnyCrashPoint } from "@/lib/domain/crash-point";
import { issuedAnswerSchema, rotationAnswerSchema, rotationListSchema } from "@/lib/domain/rotation-view";
import { api } from "@/lib/paths/paths";
import { askUpstream } from "../../upstream";
import { created, standWith } from "./fault-test";

type Secret = { username: string; secret: string };

describe("F20 a console killed inside a rotation", () => {
  const stand = standWith();
  const status = async ({ username, secret }: Secret) =>
    (await askUpstream(stand.proof.control.origin, { username, secret }, { path: "/me" })).status;
  const post = (path: string, body: unknown = {}) => stand.manager.post(path, body, randomUUID());
  const openId = async () => {
    const list = rotationListSchema.parse((await stand.manager.get(api.rotations(stand.proof.key))).body);
    return list.open[0]?.id;
  };
  const view = async (id: string) =>
    rotationAnswerSchema.parse((await stand.manager.get(api.rotation(stand.proof.key, id))).body);
  const step = (id: string, name: string, body: unknown = {}) =>
    post(api.rotationStep(stand.proof.key, id, name), body);

  /** Ends the console in the middle of a request, and brings it up again with what it left behind grown old. */
  async function killedAt(point: AnyCrashPoint, ask: () => Promise<unknown>): Promise<void> {
    const { proof, administrator } = stand;
    await proof.restart(0, { KEYWARDEN_CRASH_AT: point, KEYWARDEN_TORTURE: "end-this-process" });
    await expect(ask(), point).rejects.toThrow();
    await proof.consoles[0]?.exited;
    await proof.restart();
    await proof.age();
    await proof.settle(administrator);
    // Its lease would run out within two minutes.
    await proof.database
      .updateTable("leases")
      .set({ expires_at: new Date().toISOString() })
      .where("name", "like", "rotation:%")
      .execute();
  }

  /** Every date of the open rotation lies further back, so that overlap and silence are over. */
  async function pass(id: string, days: number): Promise<void> {
    const earlier = (at: string | null) => at && new Date(Date.parse(at) - days * 86_400_000).toISOString();
    const row = await stand.proof.database
      .selectFrom("rotations")
      .select(["handed_over_at", "proven_at", "overlap_until"])
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    const moved = Object.fromEntries(Object.entries(row).map(([column, at]) => [column, earlier(at)]));
    await stand.proof.database.updateTable("rotations").set(moved).where("id", "=", id).execute();
  }

  async function handedOver(name: string): Promise<{ id: string; old: Secret; replacement: Secret }> {
    const { proof } = stand;
    const account = await created(stand, name);
    proof.intended += 1;
    const issued = issuedAnswerSchema.parse(
      (await post(api.rotations(proof.key), { accountId: account.account.id })).body,
    );
    const replacement = { username: issued.created?.account.username ?? "", secret: issued.created?.secret ?? "" };
    await step(issued.rotation.id, "hand-over");
    expect(await status(replacement)).toBe(200);
    await proof.sync(stand.manager);
    await pass(issued.rotation.id, 30);
    return {
      id: issued.rotation.id,
      old: { username: account.account.username, secret: account.secret ?? "" },
      replacement,
    };
  }

  test.each([
    "account_rotation_started",
    "after_sent",
    "in_flight",
    "after_answer",
    "account_rotation_issued",
  ] as const)("F20 issuing, at %s: the page goes on, and at the end there is one replacement", async (point) => {
    const { proof } = stand;
    const account = await created(stand, `issued-${point.replaceAll("_", "-")}`);
    proof.intended += 3;
    await killedAt(point, () => post(api.rotations(proof.key), { accountId: account.account.id }));
    const id = (await openId()) ?? "";
    const after = await step(id, "issue");
    expect(after.status, JSON.stringify(after.body)).toBe(200);
    const { rotation } = await view(id);
    expect(rotation).toMatchObject({ phase: "hand_over", predecessor: { exists: true } });
    const alike = (await proof.upstream.accounts()).filter(({ username }) =>
      username.startsWith(rotation.replacement.name),
    );
    expect(alike.map(({ id: each }) => each)).toEqual([rotation.replacement.id]);
    proof.intended += 1;
    await step(id, "cancel");
  });

  test.each(["after_prepared", "after_sent", "in_flight", "after_answer", "account_rotation_deleted"] as const)(
    "F20 deleting the predecessor, at %s: never before its proof, and the page goes on",
    async (point) => {
      const { proof } = stand;
      const { id, old, replacement } = await handedOver(`deleted-${point.replaceAll("_", "-")}`);
      proof.intended += 1;
      await killedAt(point, () => step(id, "deletion"));
      expect(await status(replacement)).toBe(200);
      const again = await step(id, "deletion");
      expect(again.status, JSON.stringify(again.body)).toBe(200);
      expect((await view(id)).rotation).toMatchObject({ outcome: "predecessor_deleted", evidence: { silent: true } });
      expect([await status(old), await status(replacement)]).toEqual([401, 200]);
    },
  );

  test("F20 a deletion without its evidence is refused, killed or not", async () => {
    const { proof } = stand;
    const account = await created(stand, "never-proven");
    proof.intended += 1;
    const issued = issuedAnswerSchema.parse(
      (await post(api.rotations(proof.key), { accountId: account.account.id })).body,
    );
    await pass(issued.rotation.id, 30);
    expect((await step(issued.rotation.id, "deletion")).status).toBe(409);
    expect(await status({ username: account.account.username, secret: account.secret ?? "" })).toBe(200);
    proof.intended += 1;
    await step(issued.rotation.id, "cancel");
  });
});
