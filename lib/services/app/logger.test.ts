import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { readEnvironment } from "@/lib/env/environment";
import { createLogger } from "./logger";

const key = Buffer.alloc(32, 9).toString("base64");
const environment = readEnvironment({
  NEXTAUTH_URL: "http://127.0.0.1:3000",
  NEXTAUTH_SECRET: "canary-session-secret-of-forty-characters",
  OIDC_ISSUER: "http://127.0.0.1:4020",
  OIDC_CLIENT_ID: "keywarden",
  OIDC_CLIENT_SECRET: 'canary-"client"-secret',
  KEYWARDEN_ADMINISTRATOR_GROUPS: "administrators",
  KEYWARDEN_ENCRYPTION_KEY: key,
  DATABASE_URL: "postgresql://keywarden:canary%2Fword@db.example.com/keywarden",
  MIXPANEL_SERVICE_ACCOUNT: "console.1a2b3c.mp-service-account",
  MIXPANEL_SERVICE_ACCOUNT_SECRET: "canaryMixpanelSecret",
  MIXPANEL_ORGANIZATION_ID: "7",
});

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger(environment, new Writable({ write: (line, _, done) => done(void lines.push(String(line))) })));
  return lines.join("");
}

test.each([
  ["the credential's secret in a message", "rejected canaryMixpanelSecret"],
  ["a Basic header of it", Buffer.from("console.1a2b3c.mp-service-account:canaryMixpanelSecret").toString("base64")],
  ["the session secret", "canary-session-secret-of-forty-characters"],
  ["the client's secret with its quotes", 'canary-"client"-secret'],
  ["the database's password", "canary/word"],
  ["the sealing key", key],
])("%s is cut out wherever it stands", (_, text) => {
  const line = logged((logger) => logger.error({ err: new Error(text), nested: { list: [text] } }, text));
  expect(line).toContain("[redacted]");
  expect(line).not.toContain(JSON.stringify(text).slice(1, -1));
  expect(JSON.parse(line)).toMatchObject({ level: 50 });
});

test("fields named after secrets and credentials by their form are cut out, the rest stays", () => {
  const line = logged((logger) =>
    logger.warn(
      { secret: "canary-1", body: { token: "canary-2" }, request: { headers: { authorization: "canary-3" } }, id: 7 },
      "sent Bearer canary-bearer-0123456789 and eyJhbGciOiJkaXIifQ..canaryIv.canaryText.canaryTag",
    ),
  );
  expect(line).not.toContain("canary");
  expect(JSON.parse(line)).toMatchObject({ id: 7, msg: "sent [redacted] and [redacted]" });
});

test("a credential that is added later is cut out from then on, in both of its forms", () => {
  const credential = { username: "added.1a2b3c.mp-service-account", secret: "canaryAddedLater" };
  const known: (typeof credential)[] = [];
  const lines: string[] = [];
  const stream = new Writable({ write: (line, _, done) => done(void lines.push(String(line))) });
  const logger = createLogger(environment, stream, () => known);
  known.push(credential);
  const header = Buffer.from(`${credential.username}:${credential.secret}`).toString("base64");
  logger.warn({ sent: [header] }, `rejected ${credential.secret}`);
  expect(JSON.parse(lines.join(""))).toMatchObject({ msg: "rejected [redacted]", sent: ["[redacted]"] });
});
