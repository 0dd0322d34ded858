import type { GroupMapping } from "@/lib/domain/operator";
import { parseSafeAddress } from "./address";
import type { Variables } from "./variables";

/** `url` is the console's own origin; `issuer` is kept letter by letter, for the provider's tokens repeat it so. */
export type SignInSettings = {
  url: string;
  secret: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Asked of the provider; `offline_access` brings the refresh token by which groups are confirmed again. */
  scope: string;
  groupsClaim: string;
  groups: GroupMapping;
};

const SECRET_LENGTH = 32;

export function readSignIn(variables: Variables): SignInSettings {
  const settings = {
    url: readConsoleUrl(variables),
    secret: readSessionSecret(variables),
    issuer: readAddress(variables, "OIDC_ISSUER", "https://login.example.com")?.text ?? "",
    clientId: variables.requiredText("OIDC_CLIENT_ID", "keywarden"),
    clientSecret: variables.requiredSecret("OIDC_CLIENT_SECRET", "the-secret-of-the-client") ?? "",
    scope: variables.text("OIDC_SCOPE") ?? "openid profile email offline_access",
    groupsClaim: variables.text("OIDC_GROUPS_CLAIM") ?? "groups",
    groups: {
      viewer: variables.list("KEYWARDEN_VIEWER_GROUPS"),
      manager: variables.list("KEYWARDEN_MANAGER_GROUPS"),
      administrator: variables.list("KEYWARDEN_ADMINISTRATOR_GROUPS"),
    },
  };
  if (Object.values(settings.groups).every((groups) => groups.length === 0)) {
    const reason = "and KEYWARDEN_MANAGER_GROUPS and KEYWARDEN_VIEWER_GROUPS are all empty, so nobody could sign in";
    variables.problems.add("KEYWARDEN_ADMINISTRATOR_GROUPS", reason, "mixpanel-admins");
  }
  return settings;
}

function readAddress(variables: Variables, name: string, example: string): { text: string; url: URL } | undefined {
  const text = variables.requiredText(name, example);
  if (text === "") return undefined;
  const answer = parseSafeAddress(text);
  if ("url" in answer) return { text, url: answer.url };
  variables.problems.add(name, answer.reason, example);
  return undefined;
}

function readConsoleUrl(variables: Variables): string {
  const example = "https://keywarden.example.com";
  const address = readAddress(variables, "NEXTAUTH_URL", example);
  if (address && address.url.pathname !== "/") {
    variables.problems.add("NEXTAUTH_URL", "must be the console's origin, without a path", example);
  }
  return address?.url.origin ?? "";
}

function readSessionSecret(variables: Variables): string {
  const example = "$(openssl rand -base64 48)";
  const secret = variables.requiredSecret("NEXTAUTH_SECRET", example);
  if (secret !== undefined && secret.length < SECRET_LENGTH) {
    variables.problems.add("NEXTAUTH_SECRET", `is shorter than ${SECRET_LENGTH} characters`, example);
  }
  return secret ?? "";
}
