import { PORT_VARIABLE, readArguments } from "./arguments";
import { startIdentityProvider } from "./start";

/** The first line is JSON: where the provider is, the client it knows, and the operators with their roles. */
async function main(): Promise<void> {
  const { port, consoleUrl, clientId, clientSecret } = readArguments(process.argv.slice(2), process.env);
  const redirectUris = [`${consoleUrl}/api/auth/callback/oidc`];
  const clients = [{ clientId, clientSecret, redirectUris, signedOutUris: [`${consoleUrl}/sign-in`] }];
  const provider = await startIdentityProvider({ port, clients }).catch((error: unknown) => {
    if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    const advice = `Set ${PORT_VARIABLE} to another one. Example: ${PORT_VARIABLE}=4021`;
    throw new Error(`Port ${port} is taken, so the demo identity provider cannot start. ${advice}`);
  });
  const operators = provider.control.people
    .list()
    .flatMap(({ signInName, name, role, groups }) => (role ? [{ signInName, name, role, groups }] : []));
  process.stdout.write(`${JSON.stringify({ issuer: provider.issuer, clientId, clientSecret, operators })}\n`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => provider.close().then(() => process.exit(0)));
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
