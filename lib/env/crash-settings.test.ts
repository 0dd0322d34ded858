import { expect, test } from "vitest";
import { readEnvironment } from "./environment";
import { EnvironmentError } from "./environment-problems";

const whole = {
  MIXPANEL_SERVICE_ACCOUNT: "keywarden.1a2b3c.mp-service-account",
  MIXPANEL_SERVICE_ACCOUNT_SECRET: "a-secret-of-nobody",
  MIXPANEL_ORGANIZATION_ID: "42",
  MIXPANEL_BASE_URL: "http://127.0.0.1:4010/api/app",
  NEXTAUTH_URL: "http://localhost:3000",
  NEXTAUTH_SECRET: "a-session-secret-of-48-characters-or-more-------",
  OIDC_ISSUER: "http://localhost:4020",
  OIDC_CLIENT_ID: "keywarden",
  OIDC_CLIENT_SECRET: "client",
  KEYWARDEN_ADMINISTRATOR_GROUPS: "admins",
  KEYWARDEN_ENCRYPTION_KEY: Buffer.alloc(32, 3).toString("base64"),
  KEYWARDEN_CRASH_AT: "after_sent",
  KEYWARDEN_TORTURE: "end-this-process",
};
type Change = Partial<Record<keyof typeof whole, string | undefined>>;

function linesOf(change: Change): string {
  try {
    readEnvironment({ ...whole, ...change });
  } catch (error) {
    if (error instanceof EnvironmentError) return error.lines.join("\n");
    throw error;
  }
  return "";
}

test("a torture test names the step at which the process ends", () => {
  expect(readEnvironment(whole).crashAt).toBe("after_sent");
  expect(readEnvironment({ ...whole, KEYWARDEN_CRASH_AT: "rotation_switched" }).crashAt).toBe("rotation_switched");
  expect(readEnvironment({ ...whole, KEYWARDEN_CRASH_AT: undefined }).crashAt).toBeUndefined();
});

test.each<[string, Change, RegExp]>([
  [
    "without the second variable",
    { KEYWARDEN_TORTURE: undefined },
    /KEYWARDEN_CRASH_AT ends the process.*KEYWARDEN_TORTURE/,
  ],
  [
    "with a second variable that says something else",
    { KEYWARDEN_TORTURE: "yes" },
    /counts only with KEYWARDEN_TORTURE/,
  ],
  ["where the real Mixpanel is reached", { MIXPANEL_BASE_URL: undefined }, /loopback address only/],
  [
    "where another machine is reached",
    { MIXPANEL_BASE_URL: "https://mixpanel.example.com/api/app" },
    /loopback address only/,
  ],
  [
    "where no organization is configured",
    {
      MIXPANEL_SERVICE_ACCOUNT: undefined,
      MIXPANEL_SERVICE_ACCOUNT_SECRET: undefined,
      MIXPANEL_ORGANIZATION_ID: undefined,
    },
    /loopback address only/,
  ],
  ["at a step that does not exist", { KEYWARDEN_CRASH_AT: "somewhere" }, /is not one of before_prepared, /],
])("the start is refused %s", (_, change, line) => {
  expect(linesOf(change)).toMatch(line);
});
