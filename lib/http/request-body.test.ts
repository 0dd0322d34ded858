import { describe, expect, test } from "vitest";
import { BODY_LIMIT_BYTES, checkBodyHeaders, readJsonBody } from "./request-body";

const post = (body: BodyInit) => new Request("http://console.test/", { method: "POST", body, ...{ duplex: "half" } });
const stream = (chunks: Iterable<Uint8Array>, pause = 0) => {
  const iterator = chunks[Symbol.iterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
      const next = iterator.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
  });
};
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => "read",
    (error) => error.code,
  );

describe("What is said about a body", () => {
  const check = (headers: Record<string, string>) => () => checkBodyHeaders(new Headers(headers));

  test.each(["application/json", "application/json; charset=utf-8", "Application/JSON"])("%s is taken", (type) => {
    expect(check({ "content-type": type })).not.toThrow();
  });

  test.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/json",
    "application/json-patch+json",
    "",
  ])("%j is not", (type) =>
    expect(check({ "content-type": type })).toThrow(expect.objectContaining({ code: "unsupported_media_type" })),
  );

  test("no type at all is not taken, and a length above the cap neither", () => {
    expect(check({})).toThrow(expect.objectContaining({ code: "unsupported_media_type" }));
    const long = { "content-type": "application/json", "content-length": String(BODY_LIMIT_BYTES + 1) };
    expect(check(long)).toThrow(expect.objectContaining({ code: "body_too_large" }));
  });
});

describe("A body", () => {
  test("is read whole up to the cap", async () => {
    const text = JSON.stringify("ä".repeat((BODY_LIMIT_BYTES - 2) / 2));
    expect(Buffer.byteLength(text)).toBe(BODY_LIMIT_BYTES);
    expect(await readJsonBody(post(text))).toBe(JSON.parse(text));
  });

  test("is given up at the cap, however much more would come", async () => {
    let sent = 0;
    function* endless() {
      for (;;) {
        sent += 1024;
        yield new Uint8Array(1024).fill(32);
      }
    }
    expect(await code(readJsonBody(post(stream(endless()))))).toBe("body_too_large");
    expect(sent).toBeLessThan(2 * BODY_LIMIT_BYTES);
  });

  test("is given up when it comes too slowly", async () => {
    const drops = Array.from({ length: 50 }, () => new Uint8Array([32]));
    const started = Date.now();
    expect(await code(readJsonBody(post(stream(drops, 20)), 60))).toBe("bad_request");
    expect(Date.now() - started).toBeLessThan(900);
  });

  test("that breaks off, or is not there at all, is no JSON either", async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new TypeError("terminated")),
    });
    expect(await code(readJsonBody(post(broken)))).toBe("bad_request");
    expect(await code(readJsonBody(new Request("http://console.test/", { method: "POST" })))).toBe("bad_request");
  });

  test.each(["", "{", "undefined", "{} {}", "\u0000"])("%j is no JSON", async (text) => {
    expect(await code(readJsonBody(post(text)))).toBe("bad_request");
  });
});
