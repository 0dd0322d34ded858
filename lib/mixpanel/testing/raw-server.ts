import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";

export type SeenRequest = { method: string; path: string; headers: IncomingHttpHeaders; body: string };
export type RawServer = {
  /** Base of the application API on this server. */
  url: string;
  origin: string;
  requests: SeenRequest[];
  connections: () => number;
  /** What the next requests meet; stays until replaced. */
  answer: (handler: Handler) => void;
  close: () => Promise<void>;
};
export type Handler = (request: SeenRequest, response: ServerResponse, incoming: IncomingMessage) => void;

/** Answers JSON; headers go on top. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Handler {
  return (_request, response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  };
}

/** A server on loopback whose every byte a test decides: Mixpanel at its worst. */
export async function startRawServer(first: Handler = json(200, { status: "ok", results: [] })): Promise<RawServer> {
  let handler = first;
  let connections = 0;
  const requests: SeenRequest[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("error", () => {});
    incoming.on("end", () => {
      const { method = "", url: path = "", headers } = incoming;
      const request = { method, path, headers, body: Buffer.concat(chunks).toString() };
      requests.push(request);
      handler(request, response, incoming);
    });
  });
  server.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const origin = `http://127.0.0.1:${port}`;
  return {
    url: `${origin}/api/app`,
    origin,
    requests,
    connections: () => connections,
    answer: (next) => {
      handler = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
