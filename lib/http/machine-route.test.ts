import { NextRequest } from "next/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import { provideAppContext } from "@/lib/services/process";
import { bareAppContext } from "@/lib/services/testing/bare-app-context";
import { machineRoute } from "./machine-route";

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
  provideAppContext(bareAppContext(opened.database));
});
afterAll(() => opened.close());

const TOKEN = "a-token-of-more-than-thirty-two-characters";
const ask = (authorization: string | undefined, token: string | null = TOKEN) => {
  const handler = machineRoute({
    token: () => token ?? undefined,
    handle: async () => ({ contentType: "text/plain", text: "up 1" }),
  });
  const headers = new Headers({ cookie: "keywarden=anything" });
  if (authorization !== undefined) headers.set("authorization", authorization);
  return handler(new NextRequest("http://127.0.0.1:3000/api/metrics", { headers }));
};

test("the configured token opens it, and the answer is not stored", async () => {
  const answer = await ask(`Bearer ${TOKEN}`);
  expect([answer.status, await answer.text()]).toEqual([200, "up 1"]);
  expect(answer.headers.get("cache-control")).toBe("no-store");
});

test.each([undefined, "Bearer", "Bearer ", `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, `Basic ${TOKEN}`, TOKEN])(
  "%s does not",
  async (authorization) => expect((await ask(authorization)).status).toBe(401),
);

test.each([undefined, "Bearer ", "Bearer undefined", `Bearer ${TOKEN}`])(
  "without a configured token the address is not there: %s",
  async (authorization) => expect((await ask(authorization, null)).status).toBe(404),
);
