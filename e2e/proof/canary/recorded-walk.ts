import { randomUUID } from "node:crypto";
import { type RawAnswer, rawRequest } from "@/e2e/proof/raw-request";
import { withoutHandedOver } from "@/e2e/proof/secrets/handed-over";
import { type NamedSecret, secretsIn } from "@/e2e/proof/secrets/named-secrets";

export type Recorded = { line: string; answer: RawAnswer };
type Call = { cookie: string; method: string; path: string; input?: unknown; expected: number };

/** Sends requests as pages do and keeps every answer, for the search afterwards. */
export class Recording {
  readonly answers: Recorded[] = [];

  constructor(private readonly origin: string) {}

  async call({ cookie, method, path, input, expected }: Call): Promise<unknown> {
    const headers = {
      cookie,
      origin: this.origin,
      "content-type": "application/json",
      "idempotency-key": randomUUID(),
    };
    const body = input === undefined ? {} : { body: JSON.stringify(input) };
    const answer = await rawRequest(this.origin, { method, path, headers, ...body });
    const line = `${method} ${path}`;
    this.answers.push({ line, answer });
    if (answer.status !== expected) throw new Error(`${line}: ${answer.status}, not ${expected}: ${answer.body}`);
    return /^application\/json/.test(String(answer.headers["content-type"])) ? JSON.parse(answer.body) : answer.body;
  }

  /** Answers that hold a secret, and which. A create and a reopened secret may hand over just the one they are about. */
  leaks(secrets: readonly NamedSecret[]): string[] {
    return this.answers.flatMap(({ line, answer: { headers, body } }) => {
      const rest = withoutHandedOver(line, body);
      return secretsIn(`${JSON.stringify(headers)}\n${rest}`, secrets).map((name) => `${line}: ${name}`);
    });
  }

  /** How many answers handed a secret over, which they are meant to. */
  handedOver(): number {
    return this.answers.filter(({ answer }) => /"secret":"[^"]+"/.test(answer.body)).length;
  }
}
