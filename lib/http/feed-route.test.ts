import { NextRequest } from "next/server";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/lib/db/testing/open-test-database";
import { AppError } from "@/lib/domain/app-error";
import { provideAppContext } from "@/lib/services/process";
import { bareAppContext } from "@/lib/services/testing/bare-app-context";
import { ADDRESS_HEADER } from "./client-address";
import { feedRoute } from "./feed-route";
import { requestLimits } from "./rate-limit";

const TOKEN = "t".repeat(43);
const rendered: string[] = [];
const log: string[] = [];
let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase();
  const logger = pino({ level: "trace" }, { write: (line: string) => log.push(line) });
  provideAppContext(bareAppContext(opened.database, { logger }));
});
beforeEach(() => {
  rendered.length = 0;
  log.length = 0;
});
afterAll(() => opened.close());

const handler = feedRoute({
  contentType: "text/calendar; charset=utf-8",
  render: async (_, token) => {
    rendered.push(token);
    if (token !== TOKEN) throw new AppError("not_found");
    return "BEGIN:VCALENDAR";
  },
});
const ask = (token: string, address?: string) => {
  const headers = new Headers(address === undefined ? {} : { [ADDRESS_HEADER]: address });
  const request = new NextRequest(`http://127.0.0.1:3000/api/feeds/${token}/calendar`, { headers });
  return handler(request, { params: Promise.resolve({ token }) });
};

test("the token alone opens the feed, and the answer is not stored", async () => {
  const answer = await ask(TOKEN);
  expect([answer.status, await answer.text()]).toEqual([200, "BEGIN:VCALENDAR"]);
  expect(answer.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
  expect(answer.headers.get("cache-control")).toBe("no-store");
});

test("what has not the form of a token is not looked for, and not found like any other", async () => {
  for (const token of ["short", `${TOKEN}x`, `${TOKEN.slice(1)}.`, "../../../etc/passwd"]) {
    expect((await ask(token)).status).toBe(404);
  }
  expect(rendered).toEqual([]);
  expect((await ask("o".repeat(43))).status).toBe(404);
  expect(log.join("")).not.toContain("o".repeat(43));
});

test("who guesses tokens is soon refused, and nobody else with them", async () => {
  const guess = () => ask("g".repeat(43), "203.0.113.7");
  for (let asked = 0; asked < requestLimits.machines; asked += 1) expect((await guess()).status).toBe(404);
  const refused = await guess();
  expect([refused.status, Number(refused.headers.get("retry-after")) > 0]).toEqual([429, true]);
  expect((await ask(TOKEN, "203.0.113.8")).status).toBe(200);
});
