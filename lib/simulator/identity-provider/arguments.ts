import { parseArgs } from "node:util";

export type Arguments = { port: number; consoleUrl: string; clientId: string; clientSecret: string };

export const PORT_VARIABLE = "IDENTITY_PROVIDER_PORT";

/** Reads `--port` and `--console`, else the variables. Throws with a line that names what is wrong and an example. */
export function readArguments(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Arguments {
  const { values } = parseArgs({ args: [...argv], options: { port: { type: "string" }, console: { type: "string" } } });
  const portText = values.port ?? environment[PORT_VARIABLE] ?? "4020";
  const port = Number(portText);
  if (portText.trim() === "" || !Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`${PORT_VARIABLE} is no port. Example: ${PORT_VARIABLE}=4020`);
  }
  const consoleUrl = values.console ?? environment.NEXTAUTH_URL ?? `http://localhost:${environment.PORT ?? 3000}`;
  if (!URL.canParse(consoleUrl))
    throw new Error("NEXTAUTH_URL is no address. Example: NEXTAUTH_URL=http://localhost:3000");
  return {
    port,
    consoleUrl: new URL(consoleUrl).origin,
    clientId: environment.OIDC_CLIENT_ID ?? "keywarden",
    clientSecret: environment.OIDC_CLIENT_SECRET ?? "demo-client-secret-of-keywarden",
  };
}
