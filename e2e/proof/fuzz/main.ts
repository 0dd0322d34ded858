import { parseArgs } from "node:util";
import fc from "fast-check";
import { provideBuild } from "@/e2e/proof/provide-build";
import { type Stack, startStack } from "@/e2e/stack";
import { upstreamOf } from "@/e2e/upstream";
import { auditVerificationSchema } from "@/lib/domain/audit-event";
import { createdAnswerSchema } from "@/lib/domain/change";
import { expiryAfterDays } from "@/lib/domain/expiry-preset";
import { api } from "@/lib/paths/paths";
import type { Known } from "./bodies";
import { ask, type Operators, signInOperators } from "./operators";
import { rawMessages, sendBytes } from "./raw-bytes";
import { assertHealthy, type FuzzOptions, runFuzz } from "./run";

const RAW_SHARE = 0.02;

/** `npm run fuzz [-- --requests 20000 --seed 1]`: one line at the end, exit code 1 with the requests that break a rule. */
async function main(): Promise<void> {
  const options = readOptions();
  await provideBuild();
  const stack = await startStack({
    ...{ accounts: 40, projects: 12, organizations: 3, configured: 2 },
    environment: { KEYWARDEN_TRUSTED_PROXIES: "127.0.0.1" },
  });
  const since = performance.now();
  try {
    const operators = await signInOperators(stack);
    const known = await whatExists(stack, operators);
    const tally = await runFuzz(stack, operators, known, options);
    const raw = await sendRawMessages(stack, Math.ceil(options.requests * RAW_SHARE), options.seed);
    const record = await verifyRecord(stack, operators);
    const seconds = Math.round((performance.now() - since) / 1000);
    const statuses = [...tally.statuses].toSorted(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
    const ledger = (await stack.simulator.ledger()).length;
    console.log(statuses.join(", "));
    console.log(
      `fuzz: ${tally.requests} requests and ${raw} raw messages in ${seconds} s (seed ${options.seed}), ${ledger} upstream changes, ${record} audit events, 0 faults`,
    );
  } finally {
    await stack.stop();
  }
}

function readOptions(): FuzzOptions {
  const { values } = parseArgs({
    options: { requests: { type: "string" }, seed: { type: "string" }, concurrency: { type: "string" } },
  });
  const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
  const options = { requests: Number(values.requests ?? 20_000), seed, concurrency: Number(values.concurrency ?? 16) };
  if (!Object.values(options).every((value) => Number.isInteger(value) && value > 0)) {
    throw new Error("Each option is a whole number above 0, for example: npm run fuzz -- --requests 20000 --seed 1");
  }
  return options;
}

/** Names of what is really there, and two accounts with their operations, so that requests get past "not found". */
async function whatExists(stack: Stack, operators: Operators): Promise<Known> {
  const [first] = stack.organizations;
  if (!first) throw new Error("The simulator named no organization.");
  const upstream = upstreamOf(first);
  const [cookie = ""] = operators.cookies;
  const operationIds: string[] = [];
  for (const name of ["fuzz-one", "fuzz-two"]) {
    const input = { name, expiresAt: expiryAfterDays(30, new Date()) };
    const answer = await ask(stack, cookie, "POST", api.serviceAccounts(first.key), input);
    operationIds.push(createdAnswerSchema.parse(JSON.parse(answer.body)).operationId);
  }
  return {
    organizationKeys: stack.organizations.map(({ key }) => key),
    accountIds: (await upstream.accounts()).map(({ id }) => id),
    projectIds: (await upstream.projects()).map(({ id }) => id),
    operationIds,
    credentials: stack.organizations.flatMap(({ owner, project }) => [owner, project]),
  };
}

async function sendRawMessages(stack: Stack, count: number, seed: number): Promise<number> {
  const property = fc.asyncProperty(rawMessages, async (message) => {
    const strange = (await sendBytes(stack.url, message)).filter((status) => status >= 500 && status !== 501);
    if (strange.length > 0) throw new Error(`Answered ${strange.join(", ")} to ${JSON.stringify(message)}`);
  });
  await fc.assert(property, { numRuns: count, seed });
  await assertHealthy(stack);
  return count;
}

async function verifyRecord(stack: Stack, operators: Operators): Promise<number> {
  const answer = await ask(stack, operators.cookies[0] ?? "", "GET", api.auditVerification);
  const record = auditVerificationSchema.parse(JSON.parse(answer.body));
  if (!record.valid) throw new Error(`The audit record is broken: ${answer.body}`);
  return record.events;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
