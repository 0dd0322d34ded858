import { existsSync, readFileSync } from "node:fs";
import { EnvironmentProblems } from "./environment-problems";
import { type DatabaseSettings, readDatabase, readEncryptionKey, readPreviousEncryptionKeys } from "./storage-settings";
import { type ReadFile, type Source, Variables } from "./variables";

export type SealingKeys = { key: Buffer; previousKeys: Buffer[] };
/** A command asks for no more than it needs, so that a backup works without any sign-in being set up. */
export type CommandEnvironment = { database: DatabaseSettings; sealingKeys: () => SealingKeys };

/** Throws EnvironmentError, here for the database and on `sealingKeys()` for the keys. */
export function readCommandEnvironment(source: Source, readFile: ReadFile = readText): CommandEnvironment {
  const read = <T>(parse: (variables: Variables) => T): T => {
    const problems = new EnvironmentProblems();
    const value = parse(new Variables(source, readFile, problems));
    problems.throwIfAny();
    return value;
  };
  return {
    database: read(readDatabase),
    sealingKeys: () =>
      read((variables) => ({
        key: readEncryptionKey(variables),
        previousKeys: readPreviousEncryptionKeys(variables),
      })),
  };
}

/** The environment of this process, with `.env` behind it as Next has it for the server. */
export function loadCommandEnvironment(): CommandEnvironment {
  if (existsSync(".env")) process.loadEnvFile(".env");
  return readCommandEnvironment(process.env);
}

function readText(path: string): string {
  return readFileSync(path, "utf8");
}
