import { connect, createServer, type Server, type Socket } from "node:net";

/** A wire between console and simulator that can be cut, so that the simulator keeps what it knows meanwhile. */
export async function startRelay(target: string) {
  const { hostname, port: targetPort } = new URL(target);
  const open = new Set<Socket>();
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => open.delete(socket));
  };
  const begin = (port: number) =>
    new Promise<Server>((resolve, reject) => {
      const server = createServer((near) => {
        const far = connect(Number(targetPort), hostname);
        keep(near);
        keep(far);
        near.pipe(far).pipe(near);
        near.on("close", () => far.destroy());
        far.on("close", () => near.destroy());
      });
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => resolve(server));
    });
  let server = await begin(0);
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const cut = async () => {
    for (const socket of open) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return {
    url: `http://127.0.0.1:${port}`,
    /** Connections are refused from now on. */
    cut,
    mend: async () => {
      server = await begin(port);
    },
  };
}
