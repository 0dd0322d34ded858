import fc from "fast-check";
import { rawRequest } from "@/e2e/proof/raw-request";
import type { NamedSecret } from "@/e2e/proof/secrets/named-secrets";
import type { Stack } from "@/e2e/stack";
import type { Known } from "./bodies";
import type { Operators } from "./operators";
import { type FuzzRequest, fuzzRequests } from "./requests";
import { faultsOf, mayBreakOff } from "./verdict";

export type FuzzOptions = { requests: number; seed: number; concurrency: number };
export type Tally = { requests: number; statuses: Map<number, number>; refused: number };

const HEALTH_EVERY = 64;
const HEALTH_MS = 5_000;

/**
 * Sends batch after batch, each at once, and throws with the requests that break a rule. The secrets that Mixpanel
 * issues on the way are asked for anew with every health check.
 */
export async function runFuzz(stack: Stack, operators: Operators, known: Known, options: FuzzOptions): Promise<Tally> {
  const tally: Tally = { requests: 0, statuses: new Map(), refused: 0 };
  let secrets: NamedSecret[] = await stack.secrets();
  let batches = 0;
  const send = (request: FuzzRequest) => sendOne(stack, operators, request, secrets, tally);
  const batch = fc.array(fuzzRequests(known, operators.cookies.length), {
    minLength: options.concurrency,
    maxLength: options.concurrency,
    size: "max",
  });
  const property = fc.asyncProperty(batch, async (requests) => {
    const faults = (await Promise.all(requests.map(send))).flat();
    if (faults.length > 0) throw new Error(faults.join("\n"));
    batches += 1;
    if (batches % HEALTH_EVERY !== 0) return;
    await assertHealthy(stack);
    secrets = await stack.secrets();
  });
  const numRuns = Math.ceil(options.requests / options.concurrency);
  // The batch that fails names the requests that are wrong; making it smaller would not tell more.
  const report = await fc.check(property, { numRuns, seed: options.seed, endOnFailure: true });
  if (report.failed) throw report.errorInstance ?? new Error("The run ended early.");
  await assertHealthy(stack);
  return tally;
}

async function sendOne(
  { url, identityProvider }: Stack,
  operators: Operators,
  { caller, headers = {}, ...request }: FuzzRequest,
  secrets: readonly NamedSecret[],
  tally: Tally,
): Promise<string[]> {
  const session = caller === null ? [] : [operators.cookies[caller] ?? ""];
  const cookie = [...session, ...(headers.cookie ? [headers.cookie] : [])].join("; ");
  const full = { ...request, headers: { origin: url, ...headers, ...(cookie && { cookie }) } };
  const line = `${request.method} ${request.path.slice(0, 300)} by ${caller ?? "nobody"}`;
  tally.requests += 1;
  try {
    const answer = await rawRequest(url, full);
    tally.statuses.set(answer.status, (tally.statuses.get(answer.status) ?? 0) + 1);
    if (answer.status === 401 && caller !== null && !headers.cookie) await operators.signInAgain(caller);
    const handsOver = request.pattern.endsWith("/service-accounts") || request.pattern.endsWith("/secret");
    const forbidden = handsOver ? secrets.filter(({ name }) => name !== "issued secret") : secrets;
    const rules = { consoleUrl: url, issuer: identityProvider.issuer, secrets: forbidden };
    return faultsOf({ caller, ...full }, answer, rules).map(
      (fault) => `${line}: ${fault}\n${answer.body.slice(0, 500)}`,
    );
  } catch (error) {
    if (mayBreakOff({ caller, ...full })) {
      tally.refused += 1;
      return [];
    }
    return [`${line}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** Live and ready, in time, whatever came before. */
export async function assertHealthy({ url }: Stack): Promise<void> {
  for (const name of ["live", "ready"]) {
    const answer = await fetch(`${url}/api/health/${name}`, { signal: AbortSignal.timeout(HEALTH_MS) });
    if (answer.status !== 200) throw new Error(`Health (${name}) answered ${answer.status}: ${await answer.text()}`);
  }
}
