import { createServer } from "node:net";
import { expect, test } from "vitest";
import { freePort, nextFreePort, reservePort } from "./ports.mjs";

test("a reserved port is taken for everybody else until it is released", async () => {
  const port = await freePort();
  const first = await reservePort(port);
  expect(first).not.toBeNull();
  expect(await reservePort(port)).toBeNull();
  await first?.release();
  const second = await reservePort(port);
  expect(second).not.toBeNull();
  await second?.release();
});

test.each(["127.0.0.1", "0.0.0.0"])("a listener on %s is noticed", async (host) => {
  const port = await freePort();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  expect(await reservePort(port)).toBeNull();
  expect(await nextFreePort(port)).toBeGreaterThan(port);
  await new Promise((resolve) => server.close(resolve));
});
