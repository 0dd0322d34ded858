import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Question, type Reply, replySchema, type WorkerSettings } from "./task";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Hundreds of processes start: one file without types makes each start three times as quick. */
export async function buildWorker(): Promise<string> {
  const program = join(root, ".demo", "torture", `worker-${process.pid}-${randomUUID()}.mjs`);
  await build({
    entryPoints: [fileURLToPath(new URL("worker.ts", import.meta.url))],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    tsconfig: join(root, "tsconfig.json"),
    logLevel: "error",
  });
  return program;
}

const PATIENCE_MS = 60_000;
export type Asked = { id: number; reply: Promise<Reply> };

let lastId = 0;

/** A worker process: started early, opened when it is its turn, asked several things at once, killed. */
export class Replica {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, (reply: Reply) => void>();
  private readonly stalled = new Map<number, number>();
  private whenReady: (() => void) | undefined;
  private changed: (() => void) | undefined;
  readonly exited: Promise<unknown>;
  output = "";

  constructor(program: string) {
    this.child = fork(program, [], { cwd: root, execArgv: [], silent: true });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.output += chunk.toString("utf8");
      });
    }
    this.exited = once(this.child, "exit");
    this.child.on("message", (message) => this.take(replySchema.parse(message)));
  }

  async open(settings: WorkerSettings): Promise<void> {
    const ready = new Promise<void>((resolve) => {
      this.whenReady = resolve;
    });
    this.child.send(settings);
    await this.patiently(ready, "did not open");
  }

  ask(task: Question): Asked {
    lastId += 1;
    const id = lastId;
    const reply = new Promise<Reply>((resolve) => this.waiting.set(id, resolve));
    this.child.send({ ...task, id });
    return { id, reply };
  }

  /** The answer to a question; throws where there is none. */
  async answer(task: Question): Promise<unknown> {
    const reply = await this.patiently(this.ask(task).reply, `did not answer ${task.kind}`);
    if ("answer" in reply) return reply.answer;
    throw new Error(`${task.kind}: ${JSON.stringify(reply)}`);
  }

  /** Resolves when each request stands at its point as often as it should; `null` stands for one that ends without getting there. */
  async standing(expected: ReadonlyMap<number, number | null>): Promise<void> {
    const reached = new Promise<void>((resolve, reject) => {
      this.changed = () => {
        const open = [...expected].filter(([id, count]) =>
          count === null ? this.waiting.has(id) : (this.stalled.get(id) ?? 0) < count,
        );
        const escaped = open.find(([id]) => !this.waiting.has(id));
        if (escaped) reject(new Error(`Request ${escaped[0]} was answered without coming to its point.`));
        else if (open.length === 0) resolve();
      };
      this.changed();
    });
    await this.patiently(reached, "did not come to the point where it is to die");
  }

  /** kill -9. */
  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.exited;
  }

  private take(reply: Reply): void {
    if ("ready" in reply) this.whenReady?.();
    else if ("reached" in reply) this.stalled.set(reply.id, (this.stalled.get(reply.id) ?? 0) + 1);
    else {
      this.waiting.get(reply.id)?.(reply);
      this.waiting.delete(reply.id);
    }
    this.changed?.();
  }

  private async patiently<T>(work: Promise<T>, what: string): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const failed = (why: string) => new Error(`A worker ${what}: ${why}\n${this.output.slice(-2_000)}`);
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(failed(`nothing within ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
    });
    const ended = this.exited.then(() => Promise.reject(failed("it ended")));
    ended.catch(() => undefined);
    try {
      return await Promise.race([work, late, ended]);
    } finally {
      clearTimeout(timer);
    }
  }
}
