import type { IncomingMessage } from "node:http";
import { Refusal } from "./answer";

const LIMIT = 5 * 1024 * 1024;

/** The whole body, null when the client went away before its end; throws a 413 above 5 MB. */
export async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size <= LIMIT) chunks.push(bytes);
    }
  } catch {
    return null;
  }
  if (size > LIMIT) throw new Refusal(413, "The body is larger than 5 MB.");
  return Buffer.concat(chunks);
}
