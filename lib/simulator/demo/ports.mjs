import { randomInt } from "node:crypto";
import { connect, createServer } from "node:net";

const hosts = ["127.0.0.1", "::1"];

/**
 * Whether somebody answers there; a wildcard listener would not stop us from binding on every system.
 * @param {number} port
 * @param {string} host
 * @returns {Promise<boolean>}
 */
const answers = (port, host) =>
  new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 1000 });
    /** @param {boolean} answer */
    const finish = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => finish(true));
    socket.once("timeout", () => finish(false));
    socket.once("error", () => finish(false));
  });

/**
 * Binds the port on one address, or answers null when it is taken; an address this machine lacks counts as free.
 * @param {number} port
 * @param {string} host
 * @returns {Promise<{ port: number, release: () => Promise<void> } | null>}
 */
const bind = (port, host) =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === "EADDRINUSE") resolve(null);
      else if (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT")
        resolve({ port, release: async () => {} });
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === "object" && address ? address.port : port;
      resolve({ port: bound, release: () => new Promise((done) => void server.close(() => done())) });
    });
  });

/**
 * Holds a port until it is released, so that a second command started meanwhile finds it taken. Null: taken already.
 * @param {number} port
 */
export async function reservePort(port) {
  if ((await Promise.all(hosts.map((host) => answers(port, host)))).includes(true)) return null;
  const held = await Promise.all(hosts.map((host) => bind(port, host)));
  const release = async () => void (await Promise.all(held.map((each) => each?.release())));
  if (!held.includes(null)) return { port, release };
  await release();
  return null;
}

/**
 * The first port above this one that nobody uses now.
 * @param {number} taken
 */
export async function nextFreePort(taken) {
  for (let port = taken + 1; port <= 65_535; port += 1) {
    const held = await reservePort(port);
    if (!held) continue;
    await held.release();
    return port;
  }
  throw new Error(`No free port was found above ${taken}.`);
}

/** A port nobody uses now, below those that systems hand out to outgoing connections. */
export async function freePort() {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const held = await reservePort(randomInt(20_000, 32_000));
    if (!held) continue;
    await held.release();
    return held.port;
  }
  throw new Error("No free port was found between 20000 and 32000.");
}
