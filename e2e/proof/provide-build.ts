import { fileURLToPath } from "node:url";
import { buildWhatChanged } from "@/lib/simulator/demo/build.mjs";
import { onePreparationAtATime } from "@/lib/simulator/demo/preparation-lock.mjs";

/** The folder of the project. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Builds the console where the last build is older than what it is made from. */
export async function provideBuild(): Promise<void> {
  const say = (line: string) => console.log(line);
  await onePreparationAtATime(root, say, () => buildWhatChanged(root, say));
}
