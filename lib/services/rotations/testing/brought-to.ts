import { handOverRotation } from "@/lib/services/rotations/hand-over";
import { manager, type Stage } from "@/lib/services/testing/stage";
import { issuedOf, makeAccount, rotate, signInWith } from "./consumer";

/** Brought to where somebody has the new secret and the old one is still in its place. */
export async function issued(stage: Stage, name = "export") {
  const old = await makeAccount(stage, name);
  await signInWith(stage, old);
  const answer = await rotate(stage, old.id);
  const operationId = answer.created?.operationId ?? "";
  return { old, replacement: issuedOf(answer), rotationId: answer.rotation.id, operationId };
}

/** Brought to where both work side by side, the replacement in use. */
export async function overlapping(stage: Stage, name = "export") {
  const rotation = await issued(stage, name);
  await handOverRotation({ context: stage.as(manager), rotationId: rotation.rotationId });
  await stage.advance(60);
  await signInWith(stage, rotation.replacement);
  await stage.sync();
  return rotation;
}

/** What Mixpanel has accepted so far. */
export async function sentIn(stage: Stage): Promise<string[]> {
  return (await stage.control.ledger()).map(({ method, path }) => `${method} ${path.split("/").at(-1)}`);
}

/** What the record says of rotations. */
export async function toldOf(stage: Stage): Promise<string[]> {
  const events = await stage.database
    .selectFrom("audit_events")
    .select(["action", "outcome"])
    .where("action", "like", "rotation.%")
    .orderBy("sequence")
    .execute();
  return events.map(({ action, outcome }) => `${action.replace("rotation.", "")} ${outcome}`);
}
