import { connect, createServer, type Socket } from "node:net";
import { withoutHandedOver } from "@/e2e/proof/secrets/handed-over";
import type { NamedSecret } from "@/e2e/proof/secrets/named-secrets";
import { createSecretFinder } from "@/e2e/proof/secrets/secret-finder";
import { readMessages } from "./http-messages";

type Connection = { asked: Buffer[]; answered: Buffer[] };
export type Answer = { line: string; text: string };

/** Scripts and fonts, the same for everybody: the search through the build covers them. */
const fixed = /^GET \/_next\/static\//;

/**
 * A wire in front of the console that changes no byte and keeps what the console answers to whom, browser or program,
 * so that it can be searched for secrets afterwards.
 */
export async function recordTraffic(targetPort: number) {
  const open = new Map<Socket, Connection>();
  const kept: Answer[] = [];
  const server = createServer((near) => {
    const connection: Connection = { asked: [], answered: [] };
    const far = connect(targetPort, "127.0.0.1");
    open.set(near, connection);
    near.on("data", (chunk: Buffer) => connection.asked.push(chunk));
    far.on("data", (chunk: Buffer) => connection.answered.push(chunk));
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      socket.setNoDelay(true);
      socket.on("error", () => other.destroy());
      socket.on("close", () => other.destroySoon());
    }
    near.once("close", () => {
      kept.push(...answersOf(connection));
      open.delete(near);
    });
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const answers = () => [...kept, ...[...open.values()].flatMap(answersOf)];
  return {
    port: typeof address === "object" && address ? address.port : 0,
    answers,
    /** Answers that hold a secret which they are not meant to hand over, each with its name. */
    leaks: (secrets: readonly NamedSecret[]): string[] => {
      const find = createSecretFinder(secrets);
      return answers().flatMap(({ line, text }) =>
        find(withoutHandedOver(line, text)).map((name) => `${line}: ${name}`),
      );
    },
    stop: async () => {
      for (const socket of open.keys()) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type RecordedTraffic = Awaited<ReturnType<typeof recordTraffic>>;

function answersOf({ asked, answered }: Connection): Answer[] {
  const lines = readMessages(Buffer.concat(asked)).map(({ head }) => /^(\S+ \S+)/.exec(head)?.[1] ?? head.slice(0, 80));
  return readMessages(Buffer.concat(answered), (place) => lines[place]?.startsWith("HEAD ") ?? false).flatMap(
    ({ head, body }, place) => {
      const line = (lines[place] ?? "an unknown question").split("?", 1)[0] ?? "";
      return fixed.test(line) ? [] : [{ line, text: `${head}\n${body}` }];
    },
  );
}
