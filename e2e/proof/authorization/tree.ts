import { readdirSync } from "node:fs";
import { dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";

const app = fileURLToPath(new URL("../../../app", import.meta.url));

const filesNamed = (names: RegExp) =>
  readdirSync(app, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && names.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`);

/** As Next makes the address of a file: without the groups in round brackets. */
const patternOf = (file: string) => {
  const segments = dirname(relative(app, file)).split("/");
  return `/${segments.filter((segment) => segment !== "." && !/^\(.*\)$/.test(segment)).join("/")}`;
};

/** Pattern → file, for each route handler and for each page in the tree. */
export const routeFiles = () => new Map(filesNamed(/^route\.[jt]sx?$/).map((file) => [patternOf(file), file]));
export const pageFiles = () => new Map(filesNamed(/^page\.([jt]sx?|mdx?)$/).map((file) => [patternOf(file), file]));
