import { type IncomingHttpHeaders, request } from "node:http";

export type RawRequest = {
  method: string;
  /** Sent byte by byte as it stands: nothing is tidied up. */
  path: string;
  headers?: Record<string, string>;
  body?: string;
};
export type RawAnswer = { status: number; headers: IncomingHttpHeaders; body: string };

const DEADLINE_MS = 30_000;

/** One request to the console on a connection of its own pool, past everything that browsers and `fetch` correct. */
export function rawRequest(origin: string, { method, path, headers = {}, body }: RawRequest): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(origin);
  const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: hostname, port, method, path, headers: { host, ...length, ...headers }, insecureHTTPParser: false },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.once("error", reject);
        answer.once("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text });
        });
      },
    );
    sent.setTimeout(DEADLINE_MS, () => sent.destroy(new Error(`No answer to ${method} ${path} within 30 s.`)));
    sent.once("error", reject);
    sent.end(body);
  });
}
