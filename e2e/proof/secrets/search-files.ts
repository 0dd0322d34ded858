import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { formsOf, type NamedSecret } from "./named-secrets";

export type Hit = { file: string; secret: string };
type Which = { except?: RegExp; changedSince?: Date };

/** Every file below a folder that holds one of the secrets, in whatever form, byte by byte. */
export function searchFiles(folder: string, secrets: readonly NamedSecret[], which: Which = {}): Hit[] {
  return filesIn(folder, which).flatMap((file) => {
    const content = readFileSync(join(folder, file));
    const held = secrets.filter((secret) => formsOf(secret).some((form) => content.includes(form)));
    return held.map(({ name }) => ({ file, secret: name }));
  });
}

export function filesIn(folder: string, { except, changedSince }: Which = {}): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((file) => !except?.test(file))
    .filter((file) => changedSince === undefined || statSync(join(folder, file)).mtime >= changedSince);
}

/**
 * What was handed to the console on purpose, and what simulator and provider print about themselves for whoever starts
 * them: everything else in a stack's folder was written by the console.
 */
export const handedOver = /^organizations\.json$|^logs\/(simulator|identity-provider)\.log$/;

/** Searches what a stack's console has left behind: its database, its log, its copy of the record. */
export async function searchStack(stack: { folder: string; secrets: () => Promise<NamedSecret[]> }): Promise<Hit[]> {
  return searchFiles(stack.folder, await stack.secrets(), { except: handedOver });
}
