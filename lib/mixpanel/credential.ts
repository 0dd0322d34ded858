export type Credential = { username: string; secret: string };

export function authorizationOf({ username, secret }: Credential): string {
  return `Basic ${Buffer.from(`${username}:${secret}`).toString("base64")}`;
}

/** Takes a secret out of a text in each form it travels in: Mixpanel, or a gateway, may echo what we sent. */
export function createRedactor(credential: Credential): (text: string) => string {
  const forms = [credential.secret, authorizationOf(credential).slice("Basic ".length)].filter((form) => form !== "");
  return (text) => forms.reduce((rest, form) => rest.replaceAll(form, "[removed]"), text);
}
