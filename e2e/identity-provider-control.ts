import { z } from "zod";

const tokensSchema = z.object({ tokens: z.array(z.string()) });

/** Steers the demo identity provider from a spec: groups and claims of a person, whether it answers, its signing key. */
export function identityProviderControl(issuer: string) {
  const post = async (name: string, body: unknown = {}): Promise<void> => {
    const url = `${issuer}/__identity-provider/${name}`;
    const answer = await fetch(url, { method: "POST", body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`The identity provider refused ${name}: ${await answer.text()}`);
  };
  return {
    issuer,
    /** `claims` stands in place of the groups claim: `{}` leaves it out, `{ groups: "x" }` is malformed. */
    setGroups: (signInName: string, groups: string[], claims?: Record<string, unknown>) =>
      post("groups", { signInName, groups, ...(claims ? { claims } : {}) }),
    /** Somebody further whom the provider knows. */
    addPerson: (person: { id: string; signInName: string; name: string; groups: string[] }) => post("people", person),
    /** Every code and token given out so far. */
    tokens: async () => {
      const answer = await fetch(`${issuer}/__identity-provider/tokens`);
      return tokensSchema.parse(await answer.json()).tokens;
    },
    setAvailability: (availability: "up" | "down" | "failing") => post("availability", { availability }),
    rotateKeys: () => post("rotate-keys"),
    reset: () => post("reset"),
  };
}
export type IdentityProviderControl = ReturnType<typeof identityProviderControl>;
