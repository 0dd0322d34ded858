import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import Provider from "oidc-provider";
import { CONTROL_PREFIX, type Control, handleControl } from "./control";
import { sendHtml, sendJson } from "./http";
import { memoryAdapter } from "./memory-adapter";
import { demoPeople, People, type Person } from "./people";
import { type ClientSettings, newSigningKey, providerConfiguration } from "./settings";
import { handleSignIn } from "./sign-in";
import { messagePage } from "./sign-in-page";

export type IdentityProviderOptions = {
  /** 0 takes any free port. */
  port: number;
  clients: ClientSettings[];
  people?: readonly Person[];
};
export type IdentityProvider = { issuer: string; port: number; control: Control; close: () => Promise<void> };

/** Starts a provider on this machine. Rejects with the server's own error, EADDRINUSE where the port is taken. */
export async function startIdentityProvider(options: IdentityProviderOptions): Promise<IdentityProvider> {
  const { clients, people: given = demoPeople } = options;
  const cookieKey = randomBytes(32).toString("hex");
  let listener: RequestListener = (_, response) => sendJson(response, 503, { error: "Starting." });
  const server = createServer((request, response) => listener(request, response));
  const port = await listen(server, options.port);
  const issuer = `http://localhost:${port}`;

  const tokens: string[] = [];
  const adapter = memoryAdapter(Date.now, (model, id) => {
    if (/^(RefreshToken|AccessToken|AuthorizationCode)$/.test(model)) tokens.push(id);
  });
  let provider: Provider;
  let answer: RequestListener;
  const rotateKeys = async () => {
    provider = new Provider(issuer, {
      ...providerConfiguration(control.people, clients, await newSigningKey(), cookieKey),
      adapter,
      renderError: (context, out) => {
        context.type = "html";
        context.body = messagePage("Sign-in is not possible", `${out.error}: ${out.error_description ?? ""}`);
      },
    });
    answer = provider.callback();
  };
  const control: Control = {
    people: new People(given),
    availability: "up",
    requests: {},
    tokens,
    rotateKeys,
    async reset() {
      for (const { signInName, groups, claims } of given) control.people.change(signInName, { groups, claims });
      control.availability = "up";
      control.requests = {};
    },
  };
  await rotateKeys();

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = request.url ?? "/";
    if (url.startsWith(CONTROL_PREFIX)) return handleControl(control, request, response);
    if (control.availability === "down") return void request.socket.destroy();
    if (control.availability === "failing") return sendJson(response, 503, { error: "temporarily_unavailable" });
    const counted = `${request.method} ${url.split("?", 1)[0]?.replace(/^(\/(?:sign-in|auth))\/.+/, "$1/…")}`;
    control.requests[counted] = (control.requests[counted] ?? 0) + 1;
    if (url.startsWith("/sign-in/")) return handleSignIn(provider, control.people, request, response);
    answer(request, response);
  };
  listener = (request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (response.headersSent) return void response.destroy();
      sendHtml(response, 400, messagePage("Not possible", error instanceof Error ? error.message : "Unknown error"));
    });
  };
  return { issuer, port, control, close: () => close(server) };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
