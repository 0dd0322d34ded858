import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { readEnvironment } from "./environment";
import { EnvironmentError } from "./environment-problems";

const key = randomBytes(32).toString("base64");
const whole = {
  MIXPANEL_SERVICE_ACCOUNT: "keywarden.1a2b3c.mp-service-account",
  MIXPANEL_SERVICE_ACCOUNT_SECRET: "canary-mixpanel",
  MIXPANEL_ORGANIZATION_ID: "42",
  MIXPANEL_REGION: "eu",
  NEXTAUTH_URL: "https://keywarden.example.com/",
  NEXTAUTH_SECRET: "canary-session-secret-of-48-characters-or-more--",
  OIDC_ISSUER: "https://login.example.com/realms/one",
  OIDC_CLIENT_ID: "keywarden",
  OIDC_CLIENT_SECRET: "canary-client",
  KEYWARDEN_ADMINISTRATOR_GROUPS: "admins, owners ,",
  KEYWARDEN_ENCRYPTION_KEY: key,
};
type Change = Record<string, string | undefined>;
const read = (change: Change = {}, files: Record<string, string> = {}) =>
  readEnvironment({ ...whole, ...change }, (path) => {
    const content = files[path];
    if (content === undefined) throw Object.assign(new Error("no such file"), { code: "ENOENT" });
    return content;
  });

function linesOf(change: Change, files: Record<string, string> = {}): readonly string[] {
  try {
    read(change, files);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.lines;
    throw error;
  }
  return [];
}
const withList = (list: unknown, change: Change = {}) =>
  [{ KEYWARDEN_ORGANIZATIONS_FILE: "/list", ...change }, { "/list": JSON.stringify(list) }] as const;
const noMixpanel = {
  MIXPANEL_SERVICE_ACCOUNT: undefined,
  MIXPANEL_SERVICE_ACCOUNT_SECRET: undefined,
  MIXPANEL_ORGANIZATION_ID: undefined,
  MIXPANEL_REGION: undefined,
};
const entry = { serviceAccount: "a", serviceAccountSecret: "canary-file", organizationId: 7, region: "in" };

describe("readEnvironment", () => {
  test("reads a whole environment", () => {
    const environment = read();
    expect(environment).toMatchObject({
      production: false,
      port: 3000,
      logLevel: "info",
      deletionsPerHour: 10,
      trustedProxies: [],
      database: { dataDir: ".data" },
      previousEncryptionKeys: [],
      signIn: {
        url: "https://keywarden.example.com",
        issuer: "https://login.example.com/realms/one",
        groupsClaim: "groups",
        groups: { viewer: [], manager: [], administrator: ["admins", "owners"] },
      },
    });
    expect(environment.encryptionKey.toString("base64")).toBe(key);
    expect(environment.organizations).toEqual([
      {
        key: "42",
        mixpanelId: 42,
        region: "eu",
        username: whole.MIXPANEL_SERVICE_ACCOUNT,
        secret: "canary-mixpanel",
        baseUrls: {
          us: "https://mixpanel.com/api/app",
          eu: "https://eu.mixpanel.com/api/app",
          in: "https://in.mixpanel.com/api/app",
        },
      },
    ]);
  });

  test("reads everything that is optional", () => {
    const previous = [randomBytes(32), randomBytes(32)];
    const environment = read({
      NODE_ENV: "production",
      PORT: "8080",
      KEYWARDEN_LOG_LEVEL: "debug",
      KEYWARDEN_DATA_DIR: "/var/lib/keywarden",
      DATABASE_URL: "postgres://u:p@db/keywarden",
      KEYWARDEN_TRUSTED_PROXIES: "10.0.0.0/8, ::1,192.168.1.10",
      KEYWARDEN_DELETIONS_PER_HOUR: "3",
      KEYWARDEN_AUDIT_COPY: "stdout",
      KEYWARDEN_ADMINISTRATOR_CONTACT: "the data team",
      KEYWARDEN_ENCRYPTION_KEYS_PREVIOUS: previous.map((one) => one.toString("base64")).join(", "),
      OIDC_GROUPS_CLAIM: "roles",
    });
    expect(environment).toMatchObject({
      production: true,
      port: 8080,
      logLevel: "debug",
      database: { url: "postgres://u:p@db/keywarden", dataDir: "/var/lib/keywarden" },
      trustedProxies: ["10.0.0.0/8", "::1", "192.168.1.10"],
      deletionsPerHour: 3,
      auditCopy: "stdout",
      administratorContact: "the data team",
      previousEncryptionKeys: previous,
      signIn: { groupsClaim: "roles" },
    });
  });

  test("names every problem at once, one line each, with an example", () => {
    const lines = linesOf(Object.fromEntries(Object.keys(whole).map((name) => [name, undefined])));
    const named = lines.map((line) => line.split(" ")[0]);
    expect(named).toEqual([
      "NEXTAUTH_URL",
      "NEXTAUTH_SECRET",
      "OIDC_ISSUER",
      "OIDC_CLIENT_ID",
      "OIDC_CLIENT_SECRET",
      "KEYWARDEN_ADMINISTRATOR_GROUPS",
      "KEYWARDEN_ENCRYPTION_KEY",
    ]);
    lines.forEach((line, index) => {
      expect(line).not.toContain("\n");
      expect(line).toContain(`Example: ${named[index]}=`);
    });
  });

  test.each([
    ["MIXPANEL_SERVICE_ACCOUNT", undefined, "is missing"],
    ["MIXPANEL_SERVICE_ACCOUNT_SECRET", " ", "is missing"],
    ["MIXPANEL_ORGANIZATION_ID", undefined, "is missing"],
    ["MIXPANEL_ORGANIZATION_ID", "acme", "not a number"],
    ["MIXPANEL_ORGANIZATION_ID", "0", "positive"],
    ["MIXPANEL_REGION", "mars", "not one of us, eu, in"],
    ["MIXPANEL_BASE_URL", "http://mixpanel.example.com", "must use https"],
    ["MIXPANEL_BASE_URL", "ftp://mixpanel.example.com", "not an https address"],
    ["MIXPANEL_BASE_URL", "https://u:p@mixpanel.example.com", "username or password"],
    ["MIXPANEL_BASE_URL", "https://mixpanel.example.com/?a=b", "query"],
    ["NEXTAUTH_URL", "keywarden.example.com", "not an https address"],
    ["NEXTAUTH_URL", "http://keywarden.example.com", "must use https"],
    ["NEXTAUTH_URL", "https://keywarden.example.com/base", "without a path"],
    ["NEXTAUTH_SECRET", "short", "shorter than 32"],
    ["OIDC_ISSUER", "http://127.0.0.1.example.com", "must use https"],
    ["DATABASE_URL", "mysql://db/keywarden", "not a postgresql:// address"],
    ["DATABASE_URL", "keywarden", "not a postgresql:// address"],
    ["KEYWARDEN_ENCRYPTION_KEY", randomBytes(31).toString("base64"), "not 32 bytes"],
    ["KEYWARDEN_ENCRYPTION_KEY", "not base64 at all!", "not 32 bytes"],
    ["KEYWARDEN_ENCRYPTION_KEYS_PREVIOUS", `${key},x`, "not 32 bytes"],
    ["KEYWARDEN_TRUSTED_PROXIES", "10.0.0.0/33", "10.0.0.0/33"],
    ["KEYWARDEN_TRUSTED_PROXIES", "proxy.example.com", "no address or block"],
    ["KEYWARDEN_TRUSTED_PROXIES", "10.0.0.0/8/8", "no address or block"],
    ["KEYWARDEN_TRUSTED_PROXIES", "::/x", "no address or block"],
    ["KEYWARDEN_DELETIONS_PER_HOUR", "-1", "whole number"],
    ["KEYWARDEN_DELETIONS_PER_HOUR", "1.5", "whole number"],
    ["PORT", "65536", "whole number"],
    ["KEYWARDEN_LOG_LEVEL", "loud", "not one of fatal"],
  ])("%s=%s stops the start", (name, value, reason) => {
    const lines = linesOf({ [name]: value });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${name} .*\\. Example: ${name}=`));
    expect(lines[0]).toContain(reason);
  });

  test("never repeats a secret in a problem line", () => {
    const lines = linesOf({
      MIXPANEL_REGION: "mars",
      NEXTAUTH_SECRET: "canary-short",
      KEYWARDEN_ENCRYPTION_KEY: "canary-key",
      DATABASE_URL: "mysql://canary@db",
      OIDC_CLIENT_SECRET_FILE: "/secret",
    });
    expect(lines).toHaveLength(5);
    expect(lines.join()).not.toContain("canary");
  });

  test("allows plain http on this machine only", () => {
    for (const host of ["localhost:4010", "127.0.0.1:4010", "[::1]:4010"]) {
      const base = `http://${host}/api/app`;
      const { organizations, signIn } = read({ MIXPANEL_BASE_URL: `${base}/`, NEXTAUTH_URL: `http://${host}` });
      expect(organizations[0]?.baseUrls).toEqual({ us: base, eu: base, in: base });
      expect(signIn.url).toBe(`http://${host}`);
    }
  });
});

describe("secrets in files", () => {
  const secrets = [
    "MIXPANEL_SERVICE_ACCOUNT_SECRET",
    "NEXTAUTH_SECRET",
    "OIDC_CLIENT_SECRET",
    "KEYWARDEN_ENCRYPTION_KEY",
  ] as const;

  test.each(secrets)("%s_FILE works as the variable does", (name) => {
    const change = { [name]: undefined, [`${name}_FILE`]: "/secret" };
    expect(read(change, { "/secret": `${whole[name]}\n` })).toEqual(read());
    expect(linesOf(change)[0]).toMatch(new RegExp(`^${name}_FILE names a file that cannot be read \\(ENOENT\\)`));
    expect(linesOf(change, { "/secret": " \n" })[0]).toMatch(new RegExp(`^${name}_FILE names an empty file`));
    expect(linesOf({ [`${name}_FILE`]: "/secret" })[0]).toMatch(
      new RegExp(`^${name} is given together with ${name}_FILE`),
    );
  });

  test("the database's address and previous keys may stand in files too", () => {
    const change = { DATABASE_URL_FILE: "/url", KEYWARDEN_ENCRYPTION_KEYS_PREVIOUS_FILE: "/keys" };
    const environment = read(change, { "/url": "postgresql://db/x", "/keys": `${key},${key}\n` });
    expect(environment.database.url).toBe("postgresql://db/x");
    expect(environment.previousEncryptionKeys).toHaveLength(2);
  });

  test("files are read from the disk unless a test says otherwise", () => {
    const folder = mkdtempSync(join(tmpdir(), "keywarden-env-"));
    writeFileSync(join(folder, "key"), key);
    const { KEYWARDEN_ENCRYPTION_KEY: _, ...rest } = whole;
    const environment = readEnvironment({ ...rest, KEYWARDEN_ENCRYPTION_KEY_FILE: join(folder, "key") });
    rmSync(folder, { recursive: true });
    expect(environment.encryptionKey.toString("base64")).toBe(key);
  });
});

describe("organizations", () => {
  test("none at all is allowed", () => {
    expect(read(noMixpanel).organizations).toEqual([]);
  });

  test("a region that is not named is the US", () => {
    expect(read({ MIXPANEL_REGION: undefined }).organizations[0]?.region).toBe("us");
  });

  test("the file adds to the variables, in either spelling", () => {
    const list = [
      { ...entry, key: "acme-in", name: "Acme India", baseUrl: { in: "https://proxy.example.com/in/" } },
      {
        MIXPANEL_SERVICE_ACCOUNT: "b",
        MIXPANEL_SERVICE_ACCOUNT_SECRET_FILE: "/secret",
        MIXPANEL_ORGANIZATION_ID: "8",
        MIXPANEL_BASE_URL: "http://127.0.0.1:1/api/app",
      },
    ];
    const [change, files] = withList(list);
    const { organizations } = read(change, { ...files, "/secret": "from-file\n" });
    expect(organizations).toMatchObject([
      { key: "42" },
      {
        key: "acme-in",
        name: "Acme India",
        mixpanelId: 7,
        region: "in",
        baseUrls: { us: "https://mixpanel.com/api/app", in: "https://proxy.example.com/in" },
      },
      { key: "8", username: "b", secret: "from-file", region: "us", baseUrls: { eu: "http://127.0.0.1:1/api/app" } },
    ]);
  });

  test("MIXPANEL_BASE_URL may tell the regions apart, and holds for organizations added later", () => {
    expect(read().mixpanelBaseUrls).toEqual({
      us: "https://mixpanel.com/api/app",
      eu: "https://eu.mixpanel.com/api/app",
      in: "https://in.mixpanel.com/api/app",
    });
    const { mixpanelBaseUrls, organizations } = read({ MIXPANEL_BASE_URL: "https://proxy.example.com/{region}/" });
    expect(mixpanelBaseUrls).toEqual({
      us: "https://proxy.example.com/us",
      eu: "https://proxy.example.com/eu",
      in: "https://proxy.example.com/in",
    });
    expect(organizations[0]?.baseUrls).toEqual(mixpanelBaseUrls);
    expect(linesOf({ ...noMixpanel, MIXPANEL_BASE_URL: "http://proxy.example.com/{region}" })).toHaveLength(1);
  });

  test("MIXPANEL_BASE_URL holds for entries of the file that name none", () => {
    const [change, files] = withList([entry], { ...noMixpanel, MIXPANEL_BASE_URL: "http://127.0.0.1:1/api/app" });
    expect(read(change, files).organizations[0]?.baseUrls.in).toBe("http://127.0.0.1:1/api/app");
  });

  test("two with one key are refused, whatever their spelling", () => {
    expect(linesOf(...withList([{ ...entry, organizationId: 42 }]))).toEqual([
      'KEYWARDEN_ORGANIZATIONS_FILE: two organizations have the key "42"; give each its own. Example: "key": "acme-eu"',
    ]);
    const same = [
      { ...entry, key: "Acme" },
      { ...entry, key: "acme" },
    ];
    expect(linesOf(...withList(same))).toHaveLength(1);
    expect(linesOf(...withList([{ ...entry, organizationId: 42, key: "other" }]))).toEqual([]);
  });

  test.each([
    [{ ...entry, region: "mars" }, "region is not one of us, eu, in"],
    [{ ...entry, serviceAccount: undefined }, "serviceAccount is missing"],
    [{ ...entry, serviceAccountSecret: 5 }, "serviceAccountSecret is missing"],
    [{ ...entry, organizationId: 1.5 }, "organizationId is not a whole number"],
    [{ ...entry, key: "../x" }, "key may hold"],
    [{ ...entry, baseUrl: { eu: "http://example.com" } }, "baseUrl must use https"],
    [{ ...entry, secret: "canary" }, "secret is not a known field"],
    [{ ...entry, serviceAccountSecret: undefined, serviceAccountSecretFile: "/none" }, "serviceAccountSecretFile"],
  ])("an entry with a fault is named: %j", (broken, reason) => {
    const lines = linesOf(...withList([{ ...entry, organizationId: 9 }, broken]));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines[0]).toMatch(/^KEYWARDEN_ORGANIZATIONS_FILE entry 2: /);
    expect(lines[0]).toContain(reason);
    expect(lines.join()).not.toContain("canary");
  });

  test.each(["{}", "[]", "[1]", "not json"])("a file that holds %s is refused", (content) => {
    const lines = linesOf({ KEYWARDEN_ORGANIZATIONS_FILE: "/list" }, { "/list": content });
    expect(lines[0]).toMatch(/^KEYWARDEN_ORGANIZATIONS_FILE does not hold a JSON list/);
  });
});

describe("The policy file", () => {
  const withPolicy = (policy: string) => [{ KEYWARDEN_POLICY_FILE: "/policy" }, { "/policy": policy }] as const;

  test("is the policy, with defaults for what it leaves out", () => {
    expect(read().policy).toBeUndefined();
    const { policy } = read(...withPolicy('{ "rules": { "expires_soon": { "days": 14 } } }'));
    expect(policy?.rules.expires_soon).toEqual({ enabled: true, severity: "critical", days: 14 });
    expect(policy?.rules.no_project.enabled).toBe(true);
  });

  test.each([
    ["no json", "KEYWARDEN_POLICY_FILE does not hold JSON. Example: KEYWARDEN_POLICY_FILE=/etc/keywarden/policy.json"],
    ["[]", "KEYWARDEN_POLICY_FILE: the policy is wrong"],
    ['{ "rules": { "silent": { "fallbackDays": 0 } } }', "KEYWARDEN_POLICY_FILE: rules.silent.fallbackDays is wrong"],
    ['{ "rules": { "expire_soon": {} } }', "KEYWARDEN_POLICY_FILE: rules.expire_soon is not a known setting"],
    ['{ "rules": { "expired": { "dayz": 1 } } }', "KEYWARDEN_POLICY_FILE: rules.expired.dayz is not a known setting"],
    ['{ "warningDay": [1] }', "KEYWARDEN_POLICY_FILE: warningDay is not a known setting"],
  ])("with a fault stops the start: %s", (content, reason) => {
    expect(linesOf(...withPolicy(content))[0]).toContain(reason);
  });

  test("that is not there is named", () => {
    expect(linesOf({ KEYWARDEN_POLICY_FILE: "/none" })[0]).toContain("names a file that cannot be read (ENOENT)");
  });
});

describe("loadEnvironment", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });

  test("reads the process once", async () => {
    for (const [name, value] of Object.entries(whole)) vi.stubEnv(name, value);
    const { loadEnvironment } = await import("./environment");
    const first = loadEnvironment();
    vi.stubEnv("PORT", "1");
    expect(loadEnvironment()).toBe(first);
    expect(first.port).toBe(3000);
  });
});

test(".env.example names every variable that the environment reads, and no other", () => {
  const root = new URL("../../", import.meta.url);
  const example = readFileSync(new URL(".env.example", root), "utf8");
  const documented = [...example.matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1]);
  const asked = new Set<string>();
  const spy = new Proxy<Record<string, string>>(
    { ...whole },
    {
      get(target, name) {
        if (typeof name === "string") asked.add(name);
        return typeof name === "string" ? target[name] : undefined;
      },
    },
  );
  readEnvironment(spy);
  const files = ["KEYWARDEN_ORGANIZATIONS_FILE", "KEYWARDEN_POLICY_FILE"];
  const own = [...asked].filter((name) => !name.endsWith("_FILE") || files.includes(name));
  // Nobody who runs Keywarden sets these: Next does, and the torture test.
  const notSettings = ["NODE_ENV", "KEYWARDEN_CRASH_AT"];
  expect([...documented].sort()).toEqual(own.filter((name) => !notSettings.includes(name)).sort());
});
