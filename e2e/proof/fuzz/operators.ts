import { rawRequest } from "@/e2e/proof/raw-request";
import { signInByRequest } from "@/e2e/proof/sign-in-by-request";
import type { Stack } from "@/e2e/stack";
import type { OperatorRole } from "@/lib/domain/operator";

const parts: [OperatorRole, number][] = [
  ["administrator", 20],
  ["manager", 20],
  ["viewer", 8],
];
const AT_ONCE = 4;

export type Operators = { cookies: string[]; signInAgain: (index: number) => Promise<void> };

/**
 * Many operators with sessions of their own, so that the limits per operator leave room for what lies behind them.
 * Each signs in from an address of its own, which the console believes because this machine is its listed proxy.
 */
export async function signInOperators(stack: Stack): Promise<Operators> {
  const groupOf = {
    administrator: "keywarden-administrators",
    manager: "keywarden-managers",
    viewer: "keywarden-viewers",
  };
  const people = parts.flatMap(([role, count]) =>
    Array.from({ length: count }, (_, index) => ({
      id: `fuzz-${role}-${index}`,
      signInName: `${role}-${index}@example.com`,
      name: `${role} ${index}`,
      groups: [groupOf[role]],
    })),
  );
  const cookies: string[] = [];
  const signInAgain = async (index: number) => {
    const headers = { "x-forwarded-for": `10.2.${Math.floor(Math.random() * 256)}.${index}` };
    cookies[index] = await signInByRequest(stack, people[index]?.signInName ?? "", headers);
  };
  for (const person of people) await stack.identityProvider.addPerson(person);
  for (let first = 0; first < people.length; first += AT_ONCE) {
    await Promise.all(people.slice(first, first + AT_ONCE).map((_, offset) => signInAgain(first + offset)));
  }
  return { cookies, signInAgain };
}

/** One request in a session's name, as a page sends it. */
export function ask(stack: Stack, cookie: string, method: string, path: string, input?: unknown) {
  const headers = {
    cookie,
    origin: stack.url,
    "content-type": "application/json",
    "idempotency-key": crypto.randomUUID(),
  };
  const body = input === undefined ? {} : { body: JSON.stringify(input) };
  return rawRequest(stack.url, { method, path, headers, ...body });
}
