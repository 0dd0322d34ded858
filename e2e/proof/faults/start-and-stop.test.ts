import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { createdAnswerSchema } from "@/lib/domain/change";
import { api } from "@/lib/paths/paths";
import { childEnvironment } from "@/lib/simulator/demo/child-environment.mjs";
import { freePort } from "@/lib/simulator/demo/ports.mjs";
import { root } from "../provide-build";
import { create, creation, errorOf, standWith } from "./fault-test";

const stand = standWith();

test("SIGTERM: what is under way ends with its answer and its record, nothing new begins, and the process is gone", async () => {
  const { proof, manager } = stand;
  const path = `/organizations/${proof.key}/service-accounts`;
  await proof.control.fault({ method: "POST", path, times: 1, fault: { kind: "delay", ms: 3_000 } });
  const before = (await proof.ledger()).length;
  const underWay = create(stand, manager, "finished-in-time");
  await expect.poll(async () => (await proof.ledger()).length, { timeout: 5_000 }).toBe(before + 1);
  proof.consoles[0]?.kill("SIGTERM");
  await expect.poll(() => proof.output(), { timeout: 5_000 }).toContain("Stopping: changes are refused");
  const late = await manager.post(api.serviceAccounts(proof.key), creation("too-late")).then(
    (answer) => [answer.status, errorOf(answer).code],
    () => "refused",
  );
  expect(["refused", [503, "shutting_down"]]).toContainEqual(late);
  const answer = await underWay;
  expect(answer.status).toBe(201);
  expect(createdAnswerSchema.parse(answer.body).secret).toMatch(/^\w{32}$/);
  await proof.consoles[0]?.exited;
  expect(proof.output()).toContain("Stopped.");
  expect(await proof.ledger()).toHaveLength(before + 1);
  const states = await proof.database.selectFrom("operations").select("state").execute();
  expect(states).toEqual([{ state: "succeeded" }]);
  await proof.restart();
});

test("A production start without its settings stops with a line for each that is missing, the key among them, and no stack", async () => {
  const next = join(root, "node_modules", "next", "dist", "bin", "next");
  const child = spawn(process.execPath, [next, "start", "-H", "127.0.0.1", "-p", String(await freePort())], {
    cwd: root,
    env: { ...childEnvironment(root), NODE_ENV: "production", KEYWARDEN_DATA_DIR: join(stand.proof.folder, "none") },
  });
  let told = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      told += chunk.toString("utf8");
    });
  }
  const [code] = await once(child, "exit");
  expect(code).toBe(1);
  expect(told).toMatch(/^KEYWARDEN_ENCRYPTION_KEY is missing \(.+\)\. Example: KEYWARDEN_ENCRYPTION_KEY=/m);
  for (const name of ["NEXTAUTH_URL", "NEXTAUTH_SECRET", "OIDC_ISSUER"]) expect(told).toContain(`${name} `);
  expect(told).not.toMatch(/^\s+at /m);
});

test("A database that a newer version has written is refused with a line, and left as it is", async () => {
  const { proof } = stand;
  const version = "9999-from-a-newer-version";
  await sql`insert into schema_versions (name, applied_at) values (${version}, 'later')`.execute(proof.database);
  await expect(proof.restart()).rejects.toThrow(/migrations this version does not know \(9999-from-a-newer-version\)/);
  await sql`delete from schema_versions where name = ${version}`.execute(proof.database);
  await proof.restart();
  expect((await create(stand, stand.manager, "after-the-newer")).status).toBe(201);
});
