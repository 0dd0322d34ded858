import { createHash } from "node:crypto";
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from "jose";
import { z } from "zod";
import { SealError } from "./seal-error";

/** The one row a sealed text belongs to. Copied into another row, organization or column it does not open. */
export type SealBinding = {
  organizationKey: string | null;
  rowId: string;
  purpose: "created_secret" | "refresh_token" | "organization_credential" | "notification_channel" | "key_check";
};

export type Sealer = {
  /** Names the key that seals, without telling anything of it. */
  keyId: string;
  seal: (plaintext: string, binding: SealBinding) => Promise<string>;
  /** Throws SealError. */
  open: (sealed: string, binding: SealBinding) => Promise<string>;
  /** Whether it is already sealed with the current key. */
  isCurrent: (sealed: string) => boolean;
};

const headerSchema = z.object({ kid: z.string(), bound: z.string() });
const algorithm = { alg: "dir", enc: "A256GCM" } as const;

/** Seals with AES-256-GCM as a compact JWE (RFC 7516), whose header, and so the binding, is authenticated. */
export function createSealer({ key, previousKeys = [] }: { key: Buffer; previousKeys?: readonly Buffer[] }): Sealer {
  const keyId = keyIdOf(key);
  const keys = new Map([...previousKeys, key].map((candidate) => [keyIdOf(candidate), candidate]));
  return {
    keyId,
    seal: (plaintext, binding) =>
      new CompactEncrypt(new TextEncoder().encode(plaintext))
        .setProtectedHeader({ ...algorithm, kid: keyId, bound: describe(binding) })
        .encrypt(key),
    open: async (sealed, binding) => {
      const header = readHeader(sealed);
      const opener = keys.get(header.kid);
      if (!opener) throw new SealError("unknown_key");
      const plaintext = await decrypt(sealed, opener);
      if (header.bound !== describe(binding)) throw new SealError("wrong_binding");
      return plaintext;
    },
    isCurrent: (sealed) => readHeader(sealed).kid === keyId,
  };
}

/** A list in JSON, so that no two bindings are written alike whatever their parts hold. */
function describe({ organizationKey, rowId, purpose }: SealBinding): string {
  return JSON.stringify([purpose, organizationKey, rowId]);
}

function keyIdOf(key: Buffer): string {
  return createHash("sha256").update("keywarden sealing key\n").update(key).digest("base64url").slice(0, 12);
}

function readHeader(sealed: string): z.infer<typeof headerSchema> {
  try {
    return headerSchema.parse(decodeProtectedHeader(sealed));
  } catch (error) {
    throw new SealError("unreadable", error);
  }
}

async function decrypt(sealed: string, key: Buffer): Promise<string> {
  try {
    const { plaintext } = await compactDecrypt(sealed, key, {
      keyManagementAlgorithms: [algorithm.alg],
      contentEncryptionAlgorithms: [algorithm.enc],
    });
    return new TextDecoder().decode(plaintext);
  } catch (error) {
    throw new SealError("unreadable", error);
  }
}
