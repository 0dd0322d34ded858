import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { acquireLease, holdsLease, releaseLease, renewLease } from "@/lib/db/leases";
import { openTestDatabase } from "@/lib/db/testing/open-test-database";
import { createdAnswerSchema, operationsAnswerSchema } from "@/lib/domain/change";
import { crashPoints } from "@/lib/domain/crash-point";
import { api } from "@/lib/paths/paths";
import { settleSyncs, syncOrganization } from "@/lib/services/inventory/sync";
import { openStage } from "@/lib/services/testing/stage";
import { creation, standWith } from "./fault-test";

const onPostgresql = Boolean(process.env.TEST_DATABASE_URL);

describe("F19 a console killed inside create", () => {
  const stand = standWith();
  const expected: Record<string, { entries: number; told: string | null }> = {
    before_prepared: { entries: 0, told: null },
    after_prepared: { entries: 0, told: "failed" },
    after_sent: { entries: 0, told: "did_not_happen" },
    in_flight: { entries: 1, told: "secret_lost" },
    after_answer: { entries: 1, told: "secret_lost" },
    after_outcome: { entries: 1, told: "succeeded" },
  };
  const points = crashPoints.filter((point) => point in expected);

  test("F19 at each of six points: before it was sent it is not created, after it is found, or its secret can still be opened", async () => {
    const { proof } = stand;
    const keys = new Map<string, string>();
    for (const point of points) {
      await proof.restart(0, { KEYWARDEN_CRASH_AT: point, KEYWARDEN_TORTURE: "end-this-process" });
      const path = `/organizations/${proof.key}/service-accounts`;
      if (point === "in_flight")
        await proof.control.fault({ method: "POST", path, times: 1, fault: { kind: "delay", ms: 2_000 } });
      const before = (await proof.ledger()).length;
      const key = randomUUID();
      keys.set(point, key);
      proof.intended += 1;
      const cut = stand.manager.post(api.serviceAccounts(proof.key), creation(`killed-${point}`), key);
      await expect(cut, point).rejects.toThrow();
      await proof.consoles[0]?.exited;
      expect((await proof.ledger()).length - before, point).toBe(expected[point]?.entries);
    }
    await proof.restart();
    const operations = async () =>
      operationsAnswerSchema.parse((await stand.manager.get(api.operations(proof.key))).body).operations;
    const sealed = (await operations()).find(({ nextStep }) => nextStep === "open_secret");
    expect(sealed?.accountName).toBe("killed-after_outcome");
    const opened = await stand.manager.post(api.secret(proof.key, sealed?.id ?? ""));
    const issued = (await proof.ledger()).find(({ body }) => JSON.stringify(body).includes("killed-after_outcome"));
    expect(JSON.stringify(issued?.result)).toContain(createdAnswerSchema.parse(opened.body).secret);
    await proof.age();
    await proof.settle(stand.administrator);
    const told = new Map(
      (await operations()).map(({ accountName, outcome, state }) => [accountName, outcome ?? state]),
    );
    for (const point of points) expect(told.get(`killed-${point}`) ?? null, point).toBe(expected[point]?.told);
    const before = (await proof.ledger()).length;
    for (const point of points) {
      const again = await stand.manager.post(
        api.serviceAccounts(proof.key),
        creation(`killed-${point}`),
        keys.get(point),
      );
      expect(again.status === 201, point).toBe(point === "before_prepared" || point === "after_outcome");
    }
    expect((await proof.ledger()).length).toBe(before + 1);
  });

  test("F19 a console in use does not start with a crash point", async () => {
    const { proof } = stand;
    await expect(proof.restart(0, { KEYWARDEN_CRASH_AT: "after_sent" })).rejects.toThrow(
      /it counts only with KEYWARDEN_TORTURE/,
    );
    await proof.restart();
  });
});

describe.runIf(onPostgresql)("F21 two consoles on one database", () => {
  const stand = standWith({ replicas: 2 });

  test("F21 one key at both makes one change, and each shows what the other did", async () => {
    const { proof, manager } = stand;
    const key = randomUUID();
    proof.intended += 1;
    const sends = Array.from({ length: 50 }, (_, index) =>
      manager.post(api.serviceAccounts(proof.key), creation("on-both"), key, proof.urls[index % 2]),
    );
    const answers = await Promise.all(sends);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => createdAnswerSchema.parse(body).account.id)).size).toBe(1);
    expect(await proof.ledger()).toHaveLength(1);
    const { account } = createdAnswerSchema.parse(answers[0]?.body);
    const [project] = await proof.upstream.projects();
    const assign = (role: string, url?: string) =>
      manager.post(
        api.memberships(proof.key),
        { accountIds: [account.id], projects: [{ id: project?.id, role }] },
        randomUUID(),
        url,
      );
    proof.intended += 2;
    await Promise.all([assign("consumer", proof.urls[0]), assign("analyst", proof.urls[1])]);
  });

  test("F21 a replica killed in the middle of a sync: the other takes over once its lease is lost", async () => {
    const { proof, administrator } = stand;
    const me = async () => (await proof.control.requests()).counts["GET /me"] ?? 0;
    const path = `/organizations/${proof.key}/service-accounts`;
    await proof.control.fault({ method: "GET", path, times: 1, fault: { kind: "delay", ms: 8_000 } });
    const before = await me();
    await administrator.post(api.sync(proof.key), {}, randomUUID(), proof.urls[1]);
    await expect.poll(me).toBe(before + 1);
    await administrator.post(api.sync(proof.key), {}, randomUUID(), proof.urls[0]);
    expect(await me()).toBe(before + 1);
    await proof.kill(1);
    const name = `sync:${proof.key}`;
    const token = async () =>
      (await proof.database.selectFrom("leases").select("token").where("name", "=", name).executeTakeFirstOrThrow())
        .token;
    const held = await token();
    await proof.database
      .updateTable("leases")
      .set({ expires_at: new Date().toISOString() })
      .where("name", "=", name)
      .execute();
    const view = await proof.sync(administrator);
    expect(view).toMatchObject({ problem: null, running: false });
    expect(await token()).toBe(held + 1);
    await proof.restart(1);
  });
});

test("F21 who lost the lease writes nothing: the fencing token rejects", async () => {
  const opened = await openTestDatabase();
  const other = await opened.again();
  try {
    const at = (seconds: number) => new Date(Date.parse("2030-01-01T00:00:00.000Z") + seconds * 1_000).toISOString();
    const term = (from: number) => ({ now: at(from), expiresAt: at(from + 10) });
    const first = await acquireLease(opened.database, { name: "job", holder: "one", ...term(0) });
    expect(await acquireLease(other, { name: "job", holder: "two", ...term(5) })).toBeNull();
    const second = await acquireLease(other, { name: "job", holder: "two", ...term(11) });
    expect([first?.token, second?.token]).toEqual([1, 2]);
    if (!first || !second) throw new Error("Both were to hold it, one after the other.");
    expect(await renewLease(opened.database, first, term(12))).toBe(false);
    expect(await opened.database.transaction().execute((transaction) => holdsLease(transaction, first))).toBe(false);
    expect(await other.transaction().execute((transaction) => holdsLease(transaction, second))).toBe(true);
    await releaseLease(opened.database, first, at(13));
    expect(await acquireLease(opened.database, { name: "job", holder: "three", ...term(13) })).toBeNull();
  } finally {
    await opened.close();
  }
});

test("F21 a sync that lost its lease while it read replaces nothing", async () => {
  const stage = await openStage();
  try {
    const organization = { ...stage.app, organization: stage.organization };
    const path = `/organizations/${stage.simulator.organizationId}/service-accounts`;
    await stage.control.fault({ method: "GET", path, times: 1, fault: { kind: "delay", ms: 600 } });
    const slow = syncOrganization(organization);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await stage.database
      .updateTable("leases")
      .set({ token: 999, holder: "another" })
      .where("name", "like", "sync:%")
      .execute();
    const before = await stage.database.selectFrom("organizations").select("synced_at").executeTakeFirst();
    expect(await slow).toBe("elsewhere");
    expect(await stage.database.selectFrom("organizations").select("synced_at").executeTakeFirst()).toEqual(before);
  } finally {
    await settleSyncs(stage.database);
    await stage.close();
  }
});
