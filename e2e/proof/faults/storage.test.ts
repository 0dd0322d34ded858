import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FREE_BYTES_MIN } from "@/lib/db/writable";
import { api } from "@/lib/paths/paths";
import { type Postgresql, startPostgresql } from "../postgresql";
import { openProof } from "../proof-console";
import { create, creation, errorOf, expectFiveChecks, type Stand } from "./fault-test";

const onPostgresql = Boolean(process.env.TEST_DATABASE_URL);
const MB = 1024 * 1024;
const health = async (stand: Stand) => {
  const ask = async (what: "live" | "ready") => (await fetch(`${stand.proof.url}/api/health/${what}`)).status;
  return { live: await ask("live"), ready: await ask("ready") };
};
async function standOn(options: Parameters<typeof openProof>[0]): Promise<Stand> {
  const proof = await openProof(options);
  return { proof, administrator: await proof.signIn("administrator"), manager: await proof.signIn("manager") };
}
/** Every way to write, and none of them reaches Mixpanel. */
async function expectReadOnly(stand: Stand) {
  const { proof, manager, administrator } = stand;
  const before = await proof.ledger();
  const writes = await Promise.all([
    manager.post(api.serviceAccounts(proof.key), creation("unrecorded")),
    manager.post(api.memberships(proof.key), { accountIds: [1], projects: [{ id: 1, role: "consumer" }] }),
    manager.post(api.membershipRemovals(proof.key), { accountIds: [1], projectIds: [1] }),
    administrator.post(api.deletions(proof.key), { accountIds: [1], confirmation: "" }),
  ]);
  for (const answer of writes) {
    expect([answer.status, errorOf(answer)]).toMatchObject([
      503,
      { code: "read_only", title: "Read-only: no change can be recorded, so none is allowed." },
    ]);
  }
  expect(await proof.ledger()).toEqual(before);
  expect(await health(stand)).toEqual({ live: 200, ready: 503 });
}
async function expectWritableAgain(stand: Stand, name: string) {
  await expect.poll(async () => (await health(stand)).ready, { timeout: 30_000 }).toBe(200);
  expect((await create(stand, stand.manager, name)).status).toBe(201);
  await stand.proof.settle(stand.administrator);
  await expectFiveChecks(stand.proof);
}

describe.runIf(onPostgresql)("F17 the database server is gone", () => {
  let server: Postgresql;
  let stand: Stand;
  beforeAll(async () => {
    server = await startPostgresql();
    stand = await standOn({ databaseUrl: server.url });
  });
  afterAll(async () => {
    await stand?.proof.stop();
    await server?.remove();
  });

  test("F17 the server is gone: read-only, live and not ready, nothing sent; back by itself", async () => {
    expect((await create(stand, stand.manager, "before")).status).toBe(201);
    await server.halt();
    await expectReadOnly(stand);
    const reading = await stand.manager.get(api.serviceAccounts(stand.proof.key));
    expect([reading.status, errorOf(reading)]).toMatchObject([503, { code: "database_unreachable" }]);
    await server.resume();
    await expectWritableAgain(stand, "after");
  });

  test("F17 the server goes away while a change is under way: its outcome is unknown, then read", async () => {
    const { proof, manager } = stand;
    const path = `/organizations/${proof.key}/service-accounts`;
    const before = (await proof.ledger()).length;
    await proof.control.fault({ method: "POST", path, times: 1, fault: { kind: "delay", ms: 1_500 } });
    const changing = create(stand, manager, "torn");
    await expect.poll(async () => (await proof.ledger()).length, { timeout: 5_000 }).toBe(before + 1);
    await server.halt();
    const answer = await changing;
    expect([answer.status, errorOf(answer)]).toMatchObject([502, { code: "outcome_unknown" }]);
    await server.resume();
    await proof.age();
    await expectWritableAgain(stand, "after-torn");
  });
});

describe.runIf(!onPostgresql)("F17 the database file is gone", () => {
  let stand: Stand;
  beforeAll(async () => {
    stand = await standOn({});
  });
  afterAll(() => stand?.proof.stop());

  test("F17 the file is gone: read-only, live and not ready, nothing sent, reading goes on; back with the file", async () => {
    const { proof, administrator } = stand;
    expect((await create(stand, stand.manager, "before")).status).toBe(201);
    const away = `${proof.dataDir}-away`;
    renameSync(proof.dataDir, away);
    try {
      await expectReadOnly(stand);
      expect((await administrator.get(api.serviceAccounts(proof.key))).status).toBe(200);
    } finally {
      renameSync(away, proof.dataDir);
    }
    await expectWritableAgain(stand, "after");
  });
});

/** A disk of its own, small enough to fill; only root may have one. */
function mountDisk(megabytes: number) {
  const folder = mkdtempSync(join(tmpdir(), "keywarden-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=711`, "tmpfs", folder]);
  const filler = join(folder, "filler");
  const free = () => {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  };
  return {
    folder,
    fillUntil: (left: number) => {
      for (let index = 0; free() > left + MB; index += 1)
        writeFileSync(`${filler}-${index}`, Buffer.alloc(Math.min(8 * MB, free() - left)));
    },
    clear: () => {
      for (let index = 0; index < 200; index += 1) rmSync(`${filler}-${index}`, { force: true });
    },
    unmount: () => {
      execFileSync("umount", ["-l", folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
function canMount(): boolean {
  if (process.getuid?.() !== 0) return false;
  try {
    mountDisk(1).unmount();
    return true;
  } catch {
    return false;
  }
}
const mountable = canMount();

describe.runIf(!onPostgresql && mountable)("F18 the disk of the data directory", () => {
  const disk = mountable && !onPostgresql ? mountDisk(160) : null;
  let stand: Stand;
  beforeAll(async () => {
    stand = await standOn({ folder: disk?.folder ?? "" });
  });
  afterAll(async () => {
    await stand?.proof.stop();
    disk?.unmount();
  });

  test("F18 nearly full: read-only before it is full; wholly full: health and reading still answer", async () => {
    const { proof, administrator } = stand;
    expect((await create(stand, stand.manager, "room-left")).status).toBe(201);
    disk?.fillUntil(FREE_BYTES_MIN - 2 * MB);
    await expectReadOnly(stand);
    disk?.fillUntil(0);
    await expectReadOnly(stand);
    expect((await administrator.get(api.serviceAccounts(proof.key))).status).toBe(200);
    disk?.clear();
    await expectWritableAgain(stand, "room-again");
  });
});

describe.runIf(onPostgresql && mountable)("F18 the disk of the database server", () => {
  const disk = mountable && onPostgresql ? mountDisk(200) : null;
  let server: Postgresql;
  let stand: Stand;
  beforeAll(async () => {
    const inside = join(disk?.folder ?? "", "server");
    mkdirSync(inside);
    chmodSync(inside, 0o711);
    server = await startPostgresql({ inside });
    stand = await standOn({ databaseUrl: server.url });
  });
  afterAll(async () => {
    await stand?.proof.stop();
    await server?.remove();
    disk?.unmount();
  });

  test("F18 full: a change is recorded or it is not made, until there is room again", async () => {
    const { proof, manager } = stand;
    expect((await create(stand, manager, "room-left")).status).toBe(201);
    disk?.fillUntil(0);
    const statuses: number[] = [];
    for (let round = 0; round < 60 && !statuses.includes(503); round += 1) {
      const answer = await create(stand, manager, `crowded-${round}`);
      statuses.push(answer.status);
      if (answer.status === 503) expect(errorOf(answer)).toMatchObject({ code: "read_only" });
      else expect([201, 502]).toContain(answer.status);
    }
    expect(statuses).toContain(503);
    expect((await health(stand)).live).toBe(200);
    disk?.clear();
    await server.halt();
    await server.resume();
    await proof.age();
    await expectWritableAgain(stand, "room-again");
  });
});

test.skipIf(mountable)("F18 needs a small disk of its own, which only root may mount", () => {
  expect(mountable).toBe(true);
});
