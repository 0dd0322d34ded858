import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { freePort } from "../../lib/simulator/demo/ports.mjs";

/** Why no PostgreSQL could be had on this machine; the caller says what it left out. */
export class PostgresqlMissing extends Error {}

export type Postgresql = {
  url: string;
  version: string;
  folder: string;
  /** Ends the server at once, as a lost machine would; its data stays for `resume`. */
  halt: () => Promise<void>;
  resume: () => Promise<void>;
  /** Ends the server and removes its data. */
  remove: () => Promise<void>;
};

const WANTED = "15";
const packaged = "/usr/lib/postgresql";
const isRoot = process.getuid?.() === 0;
const READY_MS = 30_000;

/** The folder with initdb and postgres: PostgreSQL 15 where there are several, else the newest. */
function findBinaries(): string | undefined {
  const versions = existsSync(packaged)
    ? readdirSync(packaged).sort((left, right) => Number(right) - Number(left))
    : [];
  const ordered = [
    ...versions.filter((version) => version === WANTED),
    ...versions.filter((version) => version !== WANTED),
  ];
  const folders = [
    ...ordered.map((version) => join(packaged, version, "bin")),
    ...(process.env.PATH ?? "").split(delimiter),
  ];
  return folders.find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")));
}

function provideBinaries(): string {
  const found = findBinaries();
  if (found) return found;
  if (!isRoot || !existsSync("/usr/bin/apt-get")) {
    throw new PostgresqlMissing("it is not installed, and only root on Debian could install it here");
  }
  try {
    const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    execFileSync("apt-get", ["install", "-y", "--no-install-recommends", "postgresql"], {
      env: environment,
      stdio: "pipe",
    });
  } catch (error) {
    throw new PostgresqlMissing(`apt-get could not install it (${String(error).split("\n")[0]})`);
  }
  const installed = findBinaries();
  if (!installed) throw new PostgresqlMissing("apt-get installed it, but initdb is nowhere to be found");
  return installed;
}

/** PostgreSQL refuses to run as root: then it runs as its own account. */
function accountOf(): { uid?: number; gid?: number } {
  if (!isRoot) return {};
  const idOf = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }).trim());
  return { uid: idOf("-u"), gid: idOf("-g") };
}

/** A throw-away server on a free port of the loopback address; `inside` names a folder for its data, else a temporary one. */
export async function startPostgresql({ inside }: { inside?: string } = {}): Promise<Postgresql> {
  const bin = provideBinaries();
  const account = accountOf();
  const folder = inside ?? mkdtempSync(join(tmpdir(), "keywarden-postgresql-"));
  const data = join(folder, "data");
  mkdirSync(data, { mode: 0o700 });
  if (account.uid !== undefined && account.gid !== undefined) {
    chmodSync(folder, 0o711);
    chownSync(data, account.uid, account.gid);
  }
  const initialize = ["-D", data, "-U", "keywarden", "-A", "trust", "-E", "UTF8", "--no-sync", "--wal-segsize=1"];
  execFileSync(join(bin, "initdb"), initialize, { ...account, stdio: "pipe", cwd: data });
  const port = await freePort();
  const url = `postgresql://keywarden@127.0.0.1:${port}/postgres`;
  const log = join(folder, "postgresql.log");
  let running = launch();
  const end = (signal: NodeJS.Signals) => {
    if (running.exitCode === null && running.signalCode === null) running.kill(signal);
  };
  const abandon = () => {
    end("SIGQUIT");
    rmSync(folder, { recursive: true, force: true });
  };
  process.on("exit", abandon);

  /** On a disk that a test has filled there is no room for it. */
  function note(chunk: Buffer): void {
    try {
      if (existsSync(folder)) appendFileSync(log, chunk);
    } catch {
      // The test says what it found; the server's words are only for reading afterwards.
    }
  }

  function launch() {
    const settings = ["listen_addresses=127.0.0.1", `port=${port}`, "unix_socket_directories=", "max_connections=120"];
    const sizes = ["shared_buffers=64MB", "min_wal_size=2MB", "max_wal_size=64MB"];
    const options = [...settings, ...sizes].flatMap((setting) => ["-c", setting]);
    const child = spawn(join(bin, "postgres"), ["-D", data, ...options], {
      ...account,
      cwd: data,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => note(chunk));
    }
    return child;
  }
  async function answers(): Promise<boolean> {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.query("select 1");
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  async function ready(): Promise<void> {
    for (const deadline = Date.now() + READY_MS; Date.now() < deadline; await wait(50)) {
      if (running.exitCode !== null) throw new PostgresqlMissing(`it ended with ${running.exitCode}; see ${log}`);
      if (await answers()) return;
    }
    throw new PostgresqlMissing(`it did not answer within ${READY_MS / 1000} s; see ${log}`);
  }
  const stop = async (signal: NodeJS.Signals) => {
    const gone = running.exitCode === null && running.signalCode === null ? once(running, "exit") : null;
    end(signal);
    await gone;
  };

  await ready();
  return {
    url,
    version: execFileSync(join(bin, "postgres"), ["--version"], { encoding: "utf8" }).trim(),
    folder,
    halt: () => stop("SIGQUIT"),
    resume: async () => {
      running = launch();
      await ready();
    },
    remove: async () => {
      await stop("SIGINT");
      process.off("exit", abandon);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A server for `work`, gone afterwards also on Ctrl-C. Where there is none, says so and answers null. */
export async function withPostgresql<T>(work: (server: Postgresql) => Promise<T>): Promise<T | null> {
  let server: Postgresql;
  try {
    server = await startPostgresql();
  } catch (error) {
    if (!(error instanceof PostgresqlMissing)) throw error;
    console.log(`PostgreSQL skipped: ${error.message}.`);
    return null;
  }
  const interrupted = () => process.exit(130);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, interrupted);
  try {
    return await work(server);
  } finally {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.off(signal, interrupted);
    await server.remove();
  }
}
