import { AppError } from "@/lib/domain/app-error";

export const BODY_LIMIT_BYTES = 64 * 1024;
export const BODY_DEADLINE_MS = 10_000;

/** Refuses what is not JSON or says itself that it is too large, before a byte of it is read. */
export function checkBodyHeaders(headers: Headers): void {
  const type = headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new AppError("unsupported_media_type");
  const length = headers.get("content-length");
  if (length !== null && Number(length) > BODY_LIMIT_BYTES) throw new AppError("body_too_large");
}

/** Reads a JSON body, counting as it comes: neither a false length nor a slow sender gets past cap and deadline. */
export async function readJsonBody(request: Request, deadlineMs = BODY_DEADLINE_MS): Promise<unknown> {
  const text = await readText(request, deadlineMs);
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("bad_request", { reason: "The body is not valid JSON." });
  }
}

async function readText(request: Request, deadlineMs: number): Promise<string> {
  if (!request.body) return "";
  const reader = request.body.getReader();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new AppError("bad_request", { reason: "The body came too slowly." });
    timer = setTimeout(() => reject(error), deadlineMs);
  });
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late]);
      if (done) break;
      size += value.byteLength;
      if (size > BODY_LIMIT_BYTES) throw new AppError("body_too_large");
      chunks.push(value);
    }
  } catch (error) {
    reader.cancel().catch(() => undefined);
    throw error instanceof AppError ? error : new AppError("bad_request", { reason: "The body broke off." }, error);
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks).toString("utf8");
}
