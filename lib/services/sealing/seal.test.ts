import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { CompactEncrypt } from "jose";
import { describe, expect, test } from "vitest";
import { createSealer, type SealBinding } from "./seal";

const key = randomBytes(32);
const sealer = createSealer({ key });
const binding: SealBinding = { organizationKey: "one", rowId: "operation-1", purpose: "created_secret" };
const failsWith = (reason: string) => expect.objectContaining({ name: "SealError", reason });

describe("a sealed text", () => {
  test("opens for its own row, whatever it says", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), async (text) => {
        const sealed = await sealer.seal(text, binding);
        expect(await sealer.open(sealed, binding)).toBe(text);
      }),
    );
  });

  test("never looks the same twice and does not show its content", async () => {
    const [one, two] = [await sealer.seal("canary-4711", binding), await sealer.seal("canary-4711", binding)];
    expect(one).not.toBe(two);
    for (const part of one.split(".")) expect(Buffer.from(part, "base64url").toString()).not.toContain("canary");
  });

  test("does not open for any other row, organization or purpose", async () => {
    const sealed = await sealer.seal("secret", binding);
    const others: SealBinding[] = [
      { ...binding, rowId: "operation-2" },
      { ...binding, organizationKey: "two" },
      { ...binding, organizationKey: null },
      { ...binding, purpose: "refresh_token" },
      { ...binding, organizationKey: 'one","operation', rowId: "1" },
    ];
    for (const other of others) await expect(sealer.open(sealed, other)).rejects.toEqual(failsWith("wrong_binding"));
  });

  test("does not open with its binding rewritten", async () => {
    const other = { ...binding, rowId: "operation-2" };
    const [, ...rest] = (await sealer.seal("secret", binding)).split(".");
    const [header] = (await sealer.seal("other", other)).split(".");
    await expect(sealer.open([header, ...rest].join("."), other)).rejects.toEqual(failsWith("unreadable"));
  });

  test("does not open after any change to a character", async () => {
    const sealed = await sealer.seal("secret", binding);
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), fc.constantFrom(..."AZaz09_-."), async (index, character) => {
        const changed = sealed.slice(0, index) + character + sealed.slice(index + 1);
        const bytes = (text: string) => text.split(".").map((part) => Buffer.from(part, "base64url").toString("hex"));
        const [header, ...rest] = bytes(changed);
        fc.pre(changed.split(".")[0] !== sealed.split(".")[0] || `${rest}` !== `${bytes(sealed).slice(1)}` || !header);
        await expect(sealer.open(changed, binding)).rejects.toThrow();
      }),
      { numRuns: 300 },
    );
  });

  test("does not open with another key, even one that took the same name", async () => {
    const stranger = createSealer({ key: randomBytes(32) });
    const sealed = await stranger.seal("secret", binding);
    await expect(sealer.open(sealed, binding)).rejects.toEqual(failsWith("unknown_key"));
    const renamed = await new CompactEncrypt(new TextEncoder().encode("x"))
      .setProtectedHeader({ alg: "dir", enc: "A256GCM", kid: sealer.keyId, bound: "[]" })
      .encrypt(randomBytes(32));
    await expect(sealer.open(renamed, binding)).rejects.toEqual(failsWith("unreadable"));
  });

  test("is refused when it is no sealed text, or names another algorithm", async () => {
    for (const text of [
      "",
      "x",
      "a.b.c.d.e",
      "eyJhbGciOiJub25lIn0....",
      `${Buffer.from("{}").toString("base64url")}....`,
    ]) {
      await expect(sealer.open(text, binding)).rejects.toEqual(failsWith("unreadable"));
    }
    const bound = JSON.stringify([binding.purpose, binding.organizationKey, binding.rowId]);
    const weaker = await new CompactEncrypt(new TextEncoder().encode("x"))
      .setProtectedHeader({ alg: "A256KW", enc: "A128GCM", kid: sealer.keyId, bound })
      .encrypt(key);
    await expect(sealer.open(weaker, binding)).rejects.toEqual(failsWith("unreadable"));
  });

  test("opens with a previous key, and says that it is not current", async () => {
    const next = createSealer({ key: randomBytes(32), previousKeys: [key] });
    const old = await sealer.seal("secret", binding);
    expect(await next.open(old, binding)).toBe("secret");
    expect(next.isCurrent(old)).toBe(false);
    const fresh = await next.seal("secret", binding);
    expect(next.isCurrent(fresh)).toBe(true);
    await expect(sealer.open(fresh, binding)).rejects.toEqual(failsWith("unknown_key"));
  });

  test("a key's name stays, differs from key to key and tells nothing of it", () => {
    expect(createSealer({ key }).keyId).toBe(sealer.keyId);
    expect(createSealer({ key: randomBytes(32) }).keyId).not.toBe(sealer.keyId);
    expect(key.toString("base64url")).not.toContain(sealer.keyId);
  });
});
