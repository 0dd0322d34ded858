import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Answer } from "./answer";
import { errorEnvelope } from "./answer";
import { type FaultKind, redirectTarget } from "./faults";

const TICK = 100;

/** What a fault answers in place of the work, or null for one that lets the work happen. */
export function answerInstead(fault: FaultKind | null, url: string): Answer | null {
  if (fault?.kind === "status") {
    const body = fault.body === undefined ? errorEnvelope(`Simulated status ${fault.status}.`) : fault.body;
    return { status: fault.status, body, headers: fault.headers ?? {} };
  }
  if (fault?.kind === "html") {
    const body = `<!DOCTYPE html>\n<html><head><title>${fault.status}</title></head><body><h1>${fault.status}</h1></body></html>\n`;
    return { status: fault.status, body, headers: { "Content-Type": "text/html; charset=utf-8" } };
  }
  if (fault?.kind === "redirect") {
    const headers = { Location: redirectTarget(fault, url) };
    return { status: 301, body: errorEnvelope("Moved permanently."), headers };
  }
  return null;
}

/** The bytes of a JSON answer with the last one missing: no parser accepts them. */
function withoutEnd(text: string): string {
  return text.slice(0, -1);
}

/** Writes the answer, damaged as the fault says. Resolves when there is nothing left to write. */
export async function deliver(response: ServerResponse, answer: Answer, fault: FaultKind | null, now: () => number) {
  if (response.destroyed) return;
  if (fault?.kind === "reset-after-commit") {
    response.socket?.resetAndDestroy();
    return;
  }
  const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
  const bytes = Buffer.from(fault?.kind === "invalid-json" ? withoutEnd(text) : text, "utf8");
  response.statusCode = answer.status;
  const bodiless = answer.status === 204 || answer.status === 304;
  if (!bodiless) response.setHeader("Content-Type", "application/json");
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  if (!response.hasHeader("Date")) response.setHeader("Date", new Date(now()).toUTCString());
  const framed = response.hasHeader("Content-Length") || response.hasHeader("Transfer-Encoding");
  if (!bodiless && !framed) response.setHeader("Content-Length", bytes.length);
  if (fault?.kind === "truncate" && fault.bytes < bytes.length) {
    response.flushHeaders();
    if (fault.bytes > 0) response.write(bytes.subarray(0, fault.bytes));
    response.socket?.destroySoon();
    return;
  }
  if (fault?.kind === "slow-body") await trickle(response, bytes, fault.bytesPerSecond);
  else response.end(bytes);
}

async function trickle(response: ServerResponse, bytes: Buffer, bytesPerSecond: number): Promise<void> {
  response.flushHeaders();
  const size = Math.max(1, Math.floor((bytesPerSecond * TICK) / 1000));
  const pause = (size / bytesPerSecond) * 1000;
  for (let sent = 0; sent < bytes.length; sent += size) {
    await sleep(pause);
    if (response.destroyed) return;
    response.write(bytes.subarray(sent, sent + size));
  }
  response.end();
}
