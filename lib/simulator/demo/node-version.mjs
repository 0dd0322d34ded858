const floor = { major: 20, minor: 19 };

/** Ends the process with a clear line when this Node is too old to run the project. */
export function requireNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > floor.major || (major === floor.major && minor >= floor.minor)) return;
  const wanted = `${floor.major}.${floor.minor}`;
  console.error(`Keywarden needs Node ${wanted} or newer; this is ${process.versions.node}. See https://nodejs.org`);
  process.exit(1);
}
