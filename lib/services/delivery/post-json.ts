import { type Deadlines, exchange, type Problem } from "@/lib/mixpanel/transport";
import { ADDRESS_REFUSED, guardedAgent, type Resolve, refusalOf } from "./address-guard";
import { type DeliveryResult, targetFailed } from "./delivery-result";

const deadlines: Deadlines = { connect: 3_000, headers: 8_000, body: 3_000, total: 10_000 };

export type Post = { url: string; body: string; headers: Record<string, string> };
export type PostOptions = { allowedHosts: readonly string[]; resolve?: Resolve };

/** Sends one message to an address that an administrator gave. Follows nothing; any 2xx is an arrival. */
export async function postJson({ url: text, body, headers }: Post, options: PostOptions): Promise<DeliveryResult> {
  const url = new URL(text);
  const refusal = refusalOf(url, options.allowedHosts);
  if (refusal !== null) return targetFailed(refusal);
  const agent = guardedAgent(options.allowedHosts, deadlines.connect, options.resolve);
  try {
    const sent = { "content-type": "application/json", "user-agent": "Keywarden", ...headers };
    const reply = await exchange(agent, { url, method: "POST", headers: sent, body }, deadlines);
    if (reply.problem !== null && reply.status === null)
      return targetFailed(describe(reply.problem, reply.networkCode));
    const status = reply.status ?? 0;
    if (status >= 200 && status < 300) return { delivered: true };
    if (status >= 300 && status < 400) {
      return targetFailed(`It answered with a redirect (${status}). Redirects are not followed.`);
    }
    return targetFailed(`It answered with status ${status}.`);
  } finally {
    await agent.destroy();
  }
}

const codes: Record<string, string> = {
  [ADDRESS_REFUSED]: "The address lies inside a private network, where messages are not sent.",
  ENOTFOUND: "Its name is not known to the name server.",
  EAI_AGAIN: "The name server did not answer.",
  ECONNREFUSED: "The connection was refused.",
  UND_ERR_CONNECT_TIMEOUT: "It did not take the connection in time.",
};

function describe(problem: Problem, networkCode: string | null): string {
  const known = networkCode === null ? undefined : codes[networkCode];
  if (known) return known;
  if (problem === "timeout") return "It did not answer in time.";
  if (problem === "unreachable") return `It cannot be reached${networkCode === null ? "" : ` (${networkCode})`}.`;
  return "The connection broke off before it answered.";
}
