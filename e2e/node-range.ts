type Version = [number, number, number];

const compare = (a: Version, b: Version) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

function parseVersion(text: string): Version {
  const match = /^v?(\d+)(?:\.(\d+|x|\*))?(?:\.(\d+|x|\*))?$/.exec(text);
  if (!match) throw new Error(`Not a version this check understands: ${text}`);
  const part = (index: number) => Number.parseInt(match[index] ?? "0", 10) || 0;
  return [part(1), part(2), part(3)];
}

/** Whether the version lies in one comparator such as `>=20.9.0`, `^18`, `20.x` or `<25`. */
function satisfies(version: Version, comparator: string): boolean {
  if (comparator === "" || comparator === "*" || comparator === "x") return true;
  const [, sign = "", text = ""] = /^(>=|<=|>|<|\^|~|=)?\s*(.+)$/.exec(comparator) ?? [];
  const limit = parseVersion(text);
  const order = compare(version, limit);
  if (sign === ">=") return order >= 0;
  if (sign === ">") return order > 0;
  if (sign === "<=") return order <= 0;
  if (sign === "<") return order < 0;
  if (sign === "^") return order >= 0 && version[0] === limit[0];
  if (sign === "~") return order >= 0 && version[0] === limit[0] && version[1] === limit[1];
  const given = text.split(".").filter((part) => part !== "x" && part !== "*").length;
  return version.slice(0, given).every((part, index) => part === limit[index]);
}

/** Whether an `engines.node` range lets the version in. */
export function allowsNode(range: string, version: string): boolean {
  const exact = parseVersion(version);
  return range.split("||").some((alternative) =>
    alternative
      .trim()
      .replace(/(>=|<=|>|<|\^|~|=)\s+/g, "$1")
      .split(/\s+/)
      .every((comparator) => satisfies(exact, comparator)),
  );
}
