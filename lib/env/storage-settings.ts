import type { Variables } from "./variables";

/** PostgreSQL where `url` is given, else SQLite in `dataDir`. */
export type DatabaseSettings = { url?: string; dataDir: string };

const KEY = "KEYWARDEN_ENCRYPTION_KEY";
const PREVIOUS = "KEYWARDEN_ENCRYPTION_KEYS_PREVIOUS";
const keyExample = "$(openssl rand -base64 32)";

export function readDatabase(variables: Variables): DatabaseSettings {
  const dataDir = variables.text("KEYWARDEN_DATA_DIR") ?? ".data";
  const example = "postgresql://keywarden:password@db.example.com/keywarden";
  const url = variables.secret("DATABASE_URL", example);
  if (url === undefined) return { dataDir };
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    variables.problems.add("DATABASE_URL", "is not a postgresql:// address", example);
  }
  return { url, dataDir };
}

export function readEncryptionKey(variables: Variables): Buffer {
  const text = variables.requiredSecret(KEY, keyExample);
  return (text === undefined ? undefined : decodeKey(variables, KEY, text)) ?? Buffer.alloc(0);
}

/** Keys that still open what was sealed before the last rotation. */
export function readPreviousEncryptionKeys(variables: Variables): Buffer[] {
  const parts = variables.secret(PREVIOUS, keyExample)?.split(",") ?? [];
  return parts.flatMap((part) => decodeKey(variables, PREVIOUS, part.trim()) ?? []);
}

function decodeKey(variables: Variables, name: string, text: string): Buffer | undefined {
  const key = /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) ? Buffer.from(text, "base64") : undefined;
  if (key?.length === 32) return key;
  variables.problems.add(name, "is not 32 bytes in base64", keyExample);
  return undefined;
}
