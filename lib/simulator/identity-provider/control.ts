import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { readBody, sendJson } from "./http";
import type { People } from "./people";

export const CONTROL_PREFIX = "/__identity-provider/";

/** `down` drops every connection, `failing` answers 503 to everything. */
export type Availability = "up" | "down" | "failing";
export type Control = {
  people: People;
  availability: Availability;
  requests: Record<string, number>;
  /** Every code and token given out so far. */
  tokens: readonly string[];
  rotateKeys: () => Promise<void>;
  reset: () => Promise<void>;
};

const groupsSchema = z.object({
  signInName: z.string(),
  groups: z.array(z.string()).optional(),
  /** In place of the groups claim: `{}` leaves it out, `{ "groups": "x" }` is malformed, `_claim_names` an overage. */
  claims: z.record(z.string(), z.unknown()).optional(),
});
const personSchema = z.object({
  id: z.string().min(1),
  signInName: z.string().min(1),
  name: z.string(),
  groups: z.array(z.string()),
});
const availabilitySchema = z.object({ availability: z.enum(["up", "down", "failing"]) });

/** What tests steer: groups and claims of a person, whether the provider answers, its signing key. */
export async function handleControl(
  control: Control,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const action = `${request.method} ${(request.url ?? "").slice(CONTROL_PREFIX.length)}`;
  const body: unknown = request.method === "POST" ? JSON.parse((await readBody(request)) || "{}") : undefined;
  switch (action) {
    case "GET people":
      return sendJson(response, 200, control.people.list());
    case "POST people":
      return sendJson(response, 200, control.people.add(personSchema.parse(body)));
    case "GET tokens":
      return sendJson(response, 200, { tokens: control.tokens });
    case "GET requests":
      return sendJson(response, 200, { counts: control.requests });
    case "POST groups": {
      const { signInName, groups = [], claims } = groupsSchema.parse(body);
      const person = control.people.change(signInName, { groups, claims });
      return person
        ? sendJson(response, 200, person)
        : sendJson(response, 404, { error: "Nobody has this sign-in name." });
    }
    case "POST availability":
      control.availability = availabilitySchema.parse(body).availability;
      return sendJson(response, 200, { availability: control.availability });
    case "POST rotate-keys":
      await control.rotateKeys();
      return sendJson(response, 200, { rotated: true });
    case "POST reset":
      await control.reset();
      return sendJson(response, 200, { reset: true });
    default:
      return sendJson(response, 404, { error: "There is no such control." });
  }
}
