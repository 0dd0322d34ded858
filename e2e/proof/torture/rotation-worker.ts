import { randomUUID } from "node:crypto";
import { loadEnvironment } from "@/lib/env/environment";
import { openAppContext } from "@/lib/services/app/open";
import type { AppContext, OrganizationContext } from "@/lib/services/context";
import { carryOut, orderSchema } from "./rotation-acts";

/** One process of the console without its pages, which carries out one order and, where its environment says so, dies in it. */

function contextOf(app: AppContext): OrganizationContext {
  const [organization] = app.organizations.list();
  if (!organization) throw new Error("The torture has one organization.");
  const operator = { id: "operator-Max", name: "Max", email: null, role: "manager" as const };
  const authenticatedAt = app.now().toISOString();
  const actor = { kind: "operator" as const, operator, sessionId: "session-Max", authenticatedAt, address: null };
  return { ...app, organization, actor, reference: randomUUID() };
}

process.once("message", (message: unknown) => {
  openAppContext(loadEnvironment())
    .then(({ context }) => carryOut(contextOf(context), orderSchema.parse(message)))
    .then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
        process.exit(1);
      },
    );
});
