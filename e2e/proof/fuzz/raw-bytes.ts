import { connect } from "node:net";
import fc from "fast-check";

const lines = fc.constantFrom(
  "GET / HTTP/1.1",
  "GET /api/operator HTTP/1.1",
  "POST /api/organizations HTTP/1.1",
  "GET http://evil.example/api/operator HTTP/1.1",
  "CONNECT evil.example:443 HTTP/1.1",
  "GET /\0 HTTP/1.1",
  "GET / HTTP/9.9",
  "PRI * HTTP/2.0",
  "OPTIONS * HTTP/1.1",
);
const headers = fc.constantFrom(
  "Host: localhost",
  "Host: evil.example",
  "Content-Length: 5",
  "Content-Length: 4",
  "Content-Length: -1",
  "Content-Length: 99999999999999",
  "Transfer-Encoding: chunked",
  "Transfer-Encoding : chunked",
  "Transfer-Encoding: xchunked",
  "Content-Type: application/json",
  "Upgrade: websocket",
  "Connection: Upgrade",
  "Cookie: keywarden.session=\x01",
  "Expect: 100-continue",
);
const bodies = fc.constantFrom(
  "",
  "{}",
  "5\r\nhello\r\n0\r\n\r\n",
  "G\r\n",
  "0\r\n\r\nGET /api/operator HTTP/1.1\r\nHost: a\r\n\r\n",
);

/** Requests that no HTTP library would send: broken, ambiguous, cut off. */
export const rawMessages = fc
  .tuple(lines, fc.array(headers, { maxLength: 5 }), bodies, fc.string({ unit: "binary", maxLength: 60 }), fc.nat(9))
  .map(([line, fields, body, junk, kind]) => (kind === 0 ? junk : [line, ...fields, "", body].join("\r\n")));

const PATIENCE_MS = 300;

/** Sends the bytes and answers the status of every answer that came before the connection ended or fell silent. */
export function sendBytes(origin: string, message: string): Promise<number[]> {
  const { port } = new URL(origin);
  return new Promise((resolve) => {
    let received = "";
    const socket = connect({ host: "127.0.0.1", port: Number(port) }, () => socket.write(message, "latin1"));
    socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
    });
    socket.on("error", () => undefined);
    socket.once("close", () =>
      resolve([...received.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status))),
    );
  });
}
