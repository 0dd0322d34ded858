import type { Database } from "@/lib/db/database";
import { findKeyCheck, replaceKeyCheck } from "@/lib/db/key-check";
import { listSealedTexts, type SealedText } from "@/lib/db/sealed-columns";
import { recordEvent } from "@/lib/services/audit/record";
import { sealKeyCheck } from "./assert-key-opens";
import type { SealBinding, Sealer } from "./seal";
import { SealError } from "./seal-error";

/** `unopened` texts were sealed with a key that is no longer given; they stay as they are. */
export type ResealResult = { resealed: number; current: number; unopened: number };

type Context = Parameters<typeof recordEvent>[0];

/** As `resealAll`, with its events in the record: one before anything is touched, one of what came of it. */
export async function rotateSealingKey(context: Context, sealer: Sealer): Promise<ResealResult> {
  const note = (outcome: "intended" | "succeeded" | "failed", detail: Record<string, unknown>) =>
    recordEvent(context, {
      action: "sealing.rotate",
      targetKind: "sealing_key",
      targetId: sealer.keyId,
      outcome,
      detail,
    });
  await note("intended", { from: (await findKeyCheck(context.database)).key_id });
  const result = await resealAll(context.database, sealer, context.now());
  await note(result.unopened === 0 ? "succeeded" : "failed", { ...result });
  return result;
}

/**
 * Seals everything anew with the current key; afterwards the previous keys may be forgotten, if nothing stayed unopened.
 * May be stopped and run again at any point, also while the console runs with the same keys.
 */
export async function resealAll(database: Database, sealer: Sealer, now: Date): Promise<ResealResult> {
  const result: ResealResult = { resealed: 0, current: 0, unopened: 0 };
  for (const text of await listSealedTexts(database)) result[await reseal(text, sealer)]++;
  if (result.unopened === 0 && !sealer.isCurrent((await findKeyCheck(database)).sealed)) {
    const check = { keyId: sealer.keyId, sealed: await sealKeyCheck(sealer), createdAt: now.toISOString() };
    await replaceKeyCheck(database, check);
  }
  return result;
}

async function reseal(text: SealedText, sealer: Sealer): Promise<keyof ResealResult> {
  const binding: SealBinding = { organizationKey: text.organizationKey, rowId: text.rowId, purpose: text.column };
  try {
    if (sealer.isCurrent(text.sealed)) return "current";
    const plaintext = await sealer.open(text.sealed, binding);
    await text.replace({ sealed: await sealer.seal(plaintext, binding), keyId: sealer.keyId });
    return "resealed";
  } catch (error) {
    if (error instanceof SealError) return "unopened";
    throw error;
  }
}
