import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { Agent } from "undici";
import { expect, it } from "vitest";
import { startRawServer } from "./testing/raw-server";
import { defaultDeadlines, exchange } from "./transport";

it("a connection that opens after the whole deadline carries nothing any more", async () => {
  const server = await startRawServer();
  const { hostname, port } = new URL(server.url);
  const dispatcher = new Agent({
    connect: (_options, callback) => {
      setTimeout(() => {
        const socket = connect(Number(port), hostname, () => callback(null, socket));
      }, 200);
    },
  });
  const request = { url: new URL(`${server.url}/me`), method: "POST", headers: {}, body: "{}" } as const;
  const reply = await exchange(dispatcher, request, { ...defaultDeadlines, total: 50 });
  expect(reply).toEqual({ status: null, headers: {}, body: null, problem: "unreachable", networkCode: null });
  await wait(400);
  expect(server.connections()).toBe(1);
  expect(server.requests).toHaveLength(0);
  expect(await exchange(dispatcher, request, defaultDeadlines)).toMatchObject({ status: 200, problem: null });
  await dispatcher.close();
  await server.close();
});

it("a request may take ten seconds in all", () => {
  expect(defaultDeadlines.total).toBe(10_000);
  for (const phase of ["connect", "headers", "body"] as const) {
    expect(defaultDeadlines[phase]).toBeLessThan(defaultDeadlines.total);
  }
});
