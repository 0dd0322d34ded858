import { describe, expect, it } from "vitest";
import { isRemovable } from "@/lib/domain/membership";
import { accountAnswer, accountListAnswer, acknowledgement, createdAccountAnswer, memberListAnswer } from "./wire";

const account = {
  id: 12,
  username: "etl.95a0b8.mp-service-account",
  last_used: "2026-07-03T09:21:27Z",
  expires: "2027-01-01T00:00:00Z",
  creator: 901,
  created: "2025-01-01T00:00:00Z",
  user: 5,
};
const read = (changes: Record<string, unknown>) => accountListAnswer.parse([{ ...account, ...changes }])[0];

describe("accounts", () => {
  it("are read from an envelope and from a bare list, one alone too", () => {
    const expected = {
      id: 12,
      username: "etl.95a0b8.mp-service-account",
      creatorId: 901,
      creatorName: null,
      creatorEmail: null,
      createdAt: "2025-01-01T00:00:00.000Z",
      expiresAt: "2027-01-01T00:00:00.000Z",
      lastUsedAt: "2026-07-03T09:21:27.000Z",
    };
    expect(accountListAnswer.parse({ status: "ok", results: [account] })).toEqual([expected]);
    expect(accountListAnswer.parse([account])).toEqual([expected]);
    expect(accountListAnswer.parse({ status: "ok", results: [] })).toEqual([]);
    expect(accountAnswer.parse(account)).toEqual(expected);
    expect(accountAnswer.parse({ status: "ok", results: account })).toEqual(expected);
  });

  it("may carry more fields, of which the creator's are kept", () => {
    const extra = { creator_name: "Ada", creator_email: "ada@example.com", color: { any: ["thing"] } };
    expect(read(extra)).toMatchObject({ creatorName: "Ada", creatorEmail: "ada@example.com" });
    expect(read(extra)).not.toHaveProperty("color");
  });

  it("may never have been used and never expire, by null or by silence", () => {
    expect(read({ last_used: null, expires: null })).toMatchObject({ lastUsedAt: null, expiresAt: null });
    const { last_used, expires, created, creator, ...bare } = account;
    expect(accountListAnswer.parse([bare])[0]).toMatchObject({
      lastUsedAt: null,
      expiresAt: null,
      createdAt: null,
      creatorId: null,
    });
  });

  it.each([
    ["2026-07-03T09:21:27Z", "2026-07-03T09:21:27.000Z"],
    ["2026-07-03T09:21:27", "2026-07-03T09:21:27.000Z"],
    ["2026-07-03T09:21:27.123456", "2026-07-03T09:21:27.123Z"],
    ["2026-07-03T11:21:27.5+02:00", "2026-07-03T09:21:27.500Z"],
    ["2026-07-03", "2026-07-03T00:00:00.000Z"],
    ["tomorrow", null],
    ["", null],
    [1_783_070_487, null],
    [{ date: "2026-07-03" }, null],
    ["9999-12-31T23:59:59-14:00", null],
    ["0000-01-01T00:00:00+14:00", null],
  ])("dates: %j is %j", (written, expected) => {
    expect(read({ expires: written })).toMatchObject({ id: 12, expiresAt: expected });
  });

  it("have ids as integers or decimal text", () => {
    expect(read({ id: "12", creator: "901" })).toMatchObject({ id: 12, creatorId: 901 });
  });

  it.each([
    ["id", null],
    ["id", "twelve"],
    ["id", 1.5],
    ["id", -3],
    ["id", "9999999999999999"],
    ["id", ["12"]],
    ["username", null],
    ["username", ""],
    ["username", "\0\0"],
    ["username", 7],
  ])("are never dropped: a %s of %j refuses the whole answer", (field, value) => {
    expect(accountListAnswer.safeParse([account, { ...account, id: 13, [field]: value }]).success).toBe(false);
  });

  it("survive hostile text", () => {
    const hostile = JSON.parse(
      `{"id": 12, "username": "\\u0000<img src=x>\\u202e.95a0b8", "creator_name": ${JSON.stringify("n".repeat(1_000_000))},
        "__proto__": {"id": 99, "polluted": true}, "constructor": 1, "creator_email": "a\\ud800b"}`,
    );
    const result = accountListAnswer.parse([hostile])[0];
    expect(result).toMatchObject({ id: 12, username: "<img src=x>\u202e.95a0b8", creatorEmail: "a\ufffdb" });
    expect(result?.creatorName).toHaveLength(1_024);
    expect({}).not.toHaveProperty("polluted");
    const cut = accountListAnswer.parse([{ ...account, username: `${"x".repeat(1_023)}\u{1f600}` }])[0];
    expect(cut?.username).toBe(`${"x".repeat(1_023)}\ufffd`);
  });

  it("are listed once each, and one id under two names is not believed", () => {
    expect(accountListAnswer.parse([account, account])).toHaveLength(1);
    expect(accountListAnswer.safeParse([account, { ...account, username: "other" }]).success).toBe(false);
  });

  it.each([null, 5, "text", {}, { status: "ok" }, { results: {} }, { results: null }])("are not %j", (answer) => {
    expect(accountListAnswer.safeParse(answer).success).toBe(false);
  });
});

describe("a created account", () => {
  it("comes with its secret, in an envelope or bare", () => {
    const body = { ...account, token: "S".repeat(32) };
    expect(createdAccountAnswer.parse({ status: "ok", results: body })).toMatchObject({
      account: { id: 12 },
      secret: "S".repeat(32),
    });
    expect(createdAccountAnswer.parse(body).account).not.toHaveProperty("token");
  });

  it.each([undefined, null, "", 5, "x".repeat(1_025)])("is unreadable with %j for a secret", (token) => {
    expect(createdAccountAnswer.safeParse({ results: { ...account, token } }).success).toBe(false);
  });
});

describe("members of a project", () => {
  const member = { ...account, role: "analyst", target_type: "individual", hasSensitiveAccess: true, role_order: 2 };
  const members = (...list: unknown[]) => memberListAnswer(5).parse({ status: "ok", results: list });

  it("are accounts with a membership each", () => {
    expect(members(member)).toEqual({
      accounts: [accountAnswer.parse(account)],
      memberships: [{ projectId: 5, accountId: 12, role: "analyst", grant: "individual", sensitiveAccess: true }],
    });
  });

  it("may be there by several grants", () => {
    const result = members(member, { ...member, role: "owner", target_type: "organization" });
    expect(result.accounts).toHaveLength(1);
    expect(result.memberships.map((membership) => membership.grant)).toEqual(["individual", "organization"]);
  });

  it.each(["no role", "member", "billing_admin", "Data Steward (EU)", "__proto__"])("may have the role %s", (role) => {
    expect(members({ ...member, role }).memberships[0]?.role).toBe(role);
  });

  it("keep an unknown grant, and are not removable by it", () => {
    const grant = members({ ...member, target_type: "workspace" }).memberships[0]?.grant ?? "";
    expect(grant).toBe("workspace");
    expect(isRemovable(grant)).toBe(false);
  });

  it("survive odd roles, grants and flags, never as something removable", () => {
    const odd = members({ ...account, role: 5, target_type: null, hasSensitiveAccess: "yes" });
    expect(odd.memberships).toEqual([
      { projectId: 5, accountId: 12, role: "unknown", grant: "unknown", sensitiveAccess: null },
    ]);
    expect(members(account).memberships[0]).toMatchObject({ role: "unknown", sensitiveAccess: null });
  });

  it("under one id with two names are not believed", () => {
    expect(memberListAnswer(5).safeParse([member, { ...member, username: "other" }]).success).toBe(false);
  });
});

it("an acknowledgement says ok", () => {
  expect(acknowledgement.safeParse({ status: "ok", more: 1 }).success).toBe(true);
  for (const answer of [{}, [], null, "ok", { status: "okay" }]) {
    expect(acknowledgement.safeParse(answer).success).toBe(false);
  }
});
