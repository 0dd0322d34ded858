import { z } from "zod";
import type { SimulatorControl } from "@/e2e/simulator-control";

export type NamedSecret = { name: string; value: string };

const createdSchema = z.object({ results: z.object({ token: z.string().min(1) }) });

/** A simulator's controls that keep in mind which secrets it has issued, also those from before a reset. */
export function rememberIssuedSecrets(control: SimulatorControl) {
  const known = new Set<string>();
  const note = async () => {
    for (const { result } of await control.ledger()) {
      const created = createdSchema.safeParse(result);
      if (created.success) known.add(created.data.results.token);
    }
  };
  return {
    control: {
      ...control,
      reset: async () => {
        await note();
        return control.reset();
      },
    },
    /** To be called before the simulator is ended: another process does not know what this one issued. */
    note,
    /** Every secret that creates have answered so far; of a simulator that is ended, what was noted before. */
    issuedSecrets: async () => {
      await note().catch((error: unknown) => {
        if (!(error instanceof TypeError && error.message === "fetch failed")) throw error;
      });
      return [...known];
    },
  };
}

/** The forms in which a secret could stand somewhere: itself, in JSON, in an address, in Base64. */
export function formsOf({ value }: NamedSecret): string[] {
  const inner = (text: string) => text.slice(0, Math.floor(text.length / 4) * 4 - 4);
  const base64 = [0, 1, 2].map((shift) => inner(Buffer.from("\0".repeat(shift) + value).toString("base64")).slice(4));
  const forms = [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value), ...base64];
  return [...new Set(forms)].filter((form) => form.length >= 8);
}

/** The names of the secrets that stand in a text, in whatever form. */
export function secretsIn(text: string, secrets: readonly NamedSecret[]): string[] {
  return secrets.filter((secret) => formsOf(secret).some((form) => text.includes(form))).map(({ name }) => name);
}
