import { appendFile, type FileHandle, open } from "node:fs/promises";
import { z } from "zod";

/** Where a copy goes. A target that `remembers` can say by itself what has arrived; null: it cannot. */
export type CopyTarget = {
  remembers: boolean;
  lastSequence: () => Promise<number | null>;
  write: (text: string) => Promise<void>;
};

const TAIL_BYTES = 1_048_576;
const lineSchema = z.object({ sequence: z.number().int() });

export function openCopyTarget(destination: string): CopyTarget {
  if (destination !== "stdout") return fileTarget(destination);
  const write = (text: string) =>
    new Promise<void>((resolve, reject) => {
      process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
    });
  return { remembers: false, lastSequence: async () => null, write };
}

/** The file is opened anew for each write, so that a log rotation may move it away at any time. */
function fileTarget(path: string): CopyTarget {
  return {
    remembers: true,
    lastSequence: () => readLastSequence(path),
    write: (text) => appendFile(path, text, { mode: 0o600, flush: true }),
  };
}

/** Cuts off a line that a crash left unfinished; it is written again in whole. */
async function readLastSequence(path: string): Promise<number> {
  const file = await open(path, "a+", 0o600);
  try {
    const { size } = await file.stat();
    const tail = await readTail(file, size);
    const end = tail.lastIndexOf("\n") + 1;
    if (end < tail.length) await file.truncate(size - (tail.length - end));
    const line = tail
      .subarray(0, Math.max(end - 1, 0))
      .toString("utf8")
      .split("\n")
      .at(-1);
    return line ? lineSchema.parse(JSON.parse(line)).sequence : 0;
  } finally {
    await file.close();
  }
}

async function readTail(file: FileHandle, size: number): Promise<Buffer> {
  const length = Math.min(size, TAIL_BYTES);
  const buffer = Buffer.alloc(length);
  await file.read(buffer, 0, length, size - length);
  return buffer;
}
