import type { APIRequestContext } from "@playwright/test";
import { type CreateInput, createdAnswerSchema } from "@/lib/domain/change";
import { expiryAfterDays } from "@/lib/domain/expiry-preset";
import type { AccountRow } from "@/lib/domain/inventory-view";
import { api } from "@/lib/paths/paths";
import { change } from "./request-as";

/** Creates accounts through the console in an operator's name, so that it shows them without a sync; confirms their secrets. */
export async function newAccounts(
  operator: APIRequestContext,
  key: string,
  names: readonly string[],
  more: Partial<CreateInput> = {},
): Promise<AccountRow[]> {
  const made: AccountRow[] = [];
  for (const name of names) {
    const input = { name, expiresAt: expiryAfterDays(90, new Date()), ...more };
    const answer = await operator.post(api.serviceAccounts(key), change(input));
    const { account, operationId } = createdAnswerSchema.parse(await answer.json());
    const confirmed = await operator.post(api.confirmSecret(key, operationId), change({}));
    if (!confirmed.ok()) throw new Error(`The secret of ${name} was not confirmed: ${await confirmed.text()}`);
    made.push(account);
  }
  return made;
}
