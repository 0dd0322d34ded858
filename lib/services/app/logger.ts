import pino, { type DestinationStream, type Logger } from "pino";
import type { Environment } from "@/lib/env/environment";
import type { Credential } from "@/lib/mixpanel/credential";

const CENSORED = "[redacted]";
const names = ["secret", "token", "password", "authorization", "cookie", "refreshToken", "clientSecret", "sealed"];
const paths = names.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*["${name}"]`]);
/** Credentials by their form, wherever they stand: Basic and Bearer headers, signed and sealed tokens. */
const forms = [/\b(Basic|Bearer) [A-Za-z0-9+/=._~-]{8,}/gi, /\beyJ[A-Za-z0-9_-]{10,}(\.[A-Za-z0-9_-]*){2,4}/g];

/**
 * Writes JSON lines to stdout. A secret is cut out by the name of its field, by its value and by its form; `further` tells
 * the credentials that came to be known since the start.
 */
export function createLogger(
  environment: Environment,
  destination?: DestinationStream,
  further: () => readonly Credential[] = () => [],
): Logger {
  const configured = asInLines(configuredSecrets(environment));
  const clean = (line: string) => {
    const secrets = [...configured, ...asInLines(further().flatMap(formsOf))];
    const without = secrets.reduce((text, secret) => text.replaceAll(secret, CENSORED), line);
    return forms.reduce((text, form) => text.replace(form, CENSORED), without);
  };
  const options = {
    level: environment.logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: [...new Set(paths)], censor: CENSORED },
    hooks: { streamWrite: clean },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** A credential's secret, and the form in which it travels. */
function formsOf({ username, secret }: Credential): string[] {
  return [secret, Buffer.from(`${username}:${secret}`).toString("base64")];
}

/** As they would stand in a line of JSON; what is too short would cut words apart. */
function asInLines(secrets: readonly string[]): string[] {
  return secrets.filter((secret) => secret.length >= 4).map((secret) => JSON.stringify(secret).slice(1, -1));
}

/** Every secret of the configuration. */
function configuredSecrets(environment: Environment) {
  const { organizations, signIn, database, encryptionKey, previousEncryptionKeys, notifications } = environment;
  const metricsToken = environment.metricsToken ?? "";
  const keys = [encryptionKey, ...previousEncryptionKeys].map((key) => key.toString("base64"));
  const passwords = [database.url, notifications.mail?.url].map(passwordOf);
  return [...organizations.flatMap(formsOf), signIn.secret, signIn.clientSecret, metricsToken, ...passwords, ...keys];
}

function passwordOf(url: string | undefined): string {
  return url === undefined ? "" : decodeURIComponent(new URL(url).password);
}
