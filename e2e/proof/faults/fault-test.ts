import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { createdAnswerSchema } from "@/lib/domain/change";
import { accountPageSchema } from "@/lib/domain/inventory-view";
import { api } from "@/lib/paths/paths";
import type { HttpAnswer, HttpOperator } from "../http-operator";
import { openProof, type Proof, type ProofOptions } from "../proof-console";

/** The five checks: no more changes than intended, each with both events, nothing stuck, no secret, the chain whole. */
export async function expectFiveChecks(proof: Proof): Promise<void> {
  const findings = await proof.examine();
  expect(findings).toMatchObject({ duplicates: [], lostEvents: [], stuck: [], canaryHits: [], brokenChain: null });
  expect(findings.ledgerEntries).toBeLessThanOrEqual(findings.intended);
}

export type Stand = { proof: Proof; administrator: HttpOperator; manager: HttpOperator };

/** One console for the tests of a file; after each test the faults are over, what is in doubt is settled, and the five checks hold. */
export function standWith(options: ProofOptions | (() => Promise<ProofOptions>) = {}): Stand {
  const stand: Partial<Stand> = {};
  beforeAll(async () => {
    const proof = await openProof(typeof options === "function" ? await options() : options);
    stand.proof = proof;
    stand.administrator = await proof.signIn("administrator");
    stand.manager = await proof.signIn("manager");
  });
  afterEach(async () => {
    const { proof, administrator } = stand;
    if (!proof || !administrator) return;
    await proof.control.clearFaults();
    await proof.settle(administrator);
    await expectFiveChecks(proof);
  });
  afterAll(() => stand.proof?.stop());
  return new Proxy(stand, { get: (target, name) => Reflect.get(target, name) }) as Stand;
}

export const creation = (name: string, more: Record<string, unknown> = {}) => ({
  name,
  role: "consumer",
  expiresAt: null,
  neverReason: "a proof",
  projects: [],
  ...more,
});

/** Asks for one new account; `intended` grows by it. */
export function create(
  { proof }: Stand,
  operator: HttpOperator,
  name: string,
  key?: string,
  more = {},
): Promise<HttpAnswer> {
  proof.intended += 1;
  return operator.post(api.serviceAccounts(proof.key), creation(name, more), key);
}

export async function created(stand: Stand, name: string, operator = stand.manager) {
  const answer = await create(stand, operator, name);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return createdAnswerSchema.parse(answer.body);
}

export async function listed({ proof, administrator }: Stand) {
  const answer = await administrator.get(api.serviceAccounts(proof.key));
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return accountPageSchema.parse(answer.body);
}

export const errorOf = (answer: HttpAnswer): Record<string, unknown> => {
  const body = answer.body;
  return typeof body === "object" && body !== null && "error" in body ? Object(body.error) : {};
};
