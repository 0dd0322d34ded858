import { brotliDecompressSync, constants, gunzipSync, inflateSync } from "node:zlib";

/** One message of a connection: its head as text, its body without chunks and compression. */
export type HttpMessage = { head: string; body: string };

const HEAD_END = "\r\n\r\n";
const informational = /^HTTP\/1\.1 1\d\d/;
const bodiless = /^HTTP\/1\.1 (204|304)/;

/**
 * The messages that one side of an HTTP/1.1 connection sent, in order; what was cut off counts as far as it came.
 * `hasNoBody` tells of the answer in that place whether the question forbade a body, as HEAD does.
 */
export function readMessages(bytes: Buffer, hasNoBody: (place: number) => boolean = () => false): HttpMessage[] {
  const messages: HttpMessage[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(HEAD_END, at);
    if (end < 0) return [...messages, { head: bytes.toString("latin1", at), body: "" }];
    const head = bytes.toString("latin1", at, end);
    at = end + HEAD_END.length;
    if (informational.test(head)) continue;
    const empty = bodiless.test(head) || (head.startsWith("HTTP/") && hasNoBody(messages.length));
    const { body, next } = empty ? { body: Buffer.alloc(0), next: at } : readBody(bytes, at, head);
    messages.push({ head, body: decompress(body, fieldOf(head, "content-encoding")) });
    at = next;
  }
  return messages;
}

function readBody(bytes: Buffer, at: number, head: string): { body: Buffer; next: number } {
  if (/chunked/i.test(fieldOf(head, "transfer-encoding"))) return readChunks(bytes, at);
  const length = fieldOf(head, "content-length");
  // Without a length an answer lasts until the connection ends; a question has no body then.
  const next = length !== "" ? at + Number(length) : head.startsWith("HTTP/") ? bytes.length : at;
  return { body: bytes.subarray(at, next), next };
}

function readChunks(bytes: Buffer, from: number): { body: Buffer; next: number } {
  const chunks: Buffer[] = [];
  for (let at = from; ; ) {
    const end = bytes.indexOf("\r\n", at);
    const size = end < 0 ? Number.NaN : Number.parseInt(bytes.toString("latin1", at, end), 16);
    if (!(size > 0)) return { body: Buffer.concat(chunks), next: size === 0 ? end + HEAD_END.length : bytes.length };
    chunks.push(bytes.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}

function fieldOf(head: string, name: string): string {
  return new RegExp(`^${name}:[ \\t]*(.*?)[ \\t]*$`, "im").exec(head)?.[1] ?? "";
}

function decompress(body: Buffer, encoding: string): string {
  const flush = { finishFlush: constants.Z_SYNC_FLUSH };
  try {
    if (encoding === "gzip") return gunzipSync(body, flush).toString("utf8");
    if (encoding === "deflate") return inflateSync(body, flush).toString("utf8");
    if (encoding === "br") {
      return brotliDecompressSync(body, { finishFlush: constants.BROTLI_OPERATION_FLUSH }).toString("utf8");
    }
  } catch {
    return body.toString("latin1");
  }
  return body.toString("utf8");
}
