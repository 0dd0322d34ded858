/** Which file was opened: a path alone would not tell that the file was removed or replaced meanwhile. */
export type FileIdentity = { path: string; dev: number; ino: number };

/** The file behind a database, where there is one (SQLite). */
export function fileOf(adapter: object): FileIdentity | undefined {
  return hasFile(adapter) ? adapter.file : undefined;
}

function hasFile(adapter: object): adapter is { file: FileIdentity } {
  return "file" in adapter && typeof adapter.file === "object";
}
