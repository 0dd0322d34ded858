import type { IncomingMessage, ServerResponse } from "node:http";
import type Provider from "oidc-provider";
import { readBody, sendHtml } from "./http";
import type { People } from "./people";
import { messagePage, signInPage } from "./sign-in-page";

/** Shows the sign-in page of an interaction, and ends the interaction with the person who was chosen. */
export async function handleSignIn(
  provider: Provider,
  people: People,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const interaction = await provider.interactionDetails(request, response).catch(() => null);
  if (!interaction) {
    sendHtml(response, 400, messagePage("This sign-in is over", "Go back to the application and start again."));
    return;
  }
  const action = `/sign-in/${interaction.uid}`;
  if (request.method !== "POST") {
    sendHtml(response, 200, signInPage(people.list(), action));
    return;
  }
  const person = people.find(new URLSearchParams(await readBody(request)).get("signInName") ?? "");
  if (!person) {
    sendHtml(response, 200, signInPage(people.list(), action, "Nobody has this sign-in name."));
    return;
  }
  await provider.interactionFinished(request, response, { login: { accountId: person.id, amr: ["pwd"] } });
}
