import { AppError } from "@/lib/domain/app-error";
import type { Policy } from "@/lib/domain/policy";
import { matchNames, PatternsTooSlowError } from "@/lib/services/findings/match-names";

const LONGEST_NAME = 254;

/** Throws `bad_request` for name patterns that would keep the console busy: tried on names made to be hard for them. */
export function checkPatterns({ rules }: Policy): void {
  for (const [index, { pattern, example }] of rules.name_pattern.patterns.entries()) {
    const field = `policy.rules.name_pattern.patterns.${index}`;
    try {
      const hard = [example, "a", "0", "-", "a-", "0a"].map((part) =>
        `${part.repeat(LONGEST_NAME)}!`.slice(-LONGEST_NAME),
      );
      const fits = matchNames([example, ...hard], [{ pattern }]);
      if (fits(example, [])) continue;
    } catch (error) {
      if (!(error instanceof PatternsTooSlowError)) throw error;
      const slow = "Takes too long on some names. Repeat nothing inside of what is repeated already.";
      throw new AppError("bad_request", { fields: { [`${field}.pattern`]: slow } });
    }
    throw new AppError("bad_request", { fields: { [`${field}.example`]: "The pattern does not fit this example." } });
  }
}
