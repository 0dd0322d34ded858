import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";

const program = `
  const server = require("node:net").createServer();
  server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
    process.stdout.write(String(server.address().port));
  });
`;

/** A port whose queue of connections is full and stays so: the next connection hangs until its deadline. */
export async function startDeafServer() {
  const child = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  const [printed] = await once(child.stdout, "data");
  const port = Number(String(printed));
  child.kill("SIGSTOP");
  const waiting: Socket[] = [];
  for (let index = 0; index < 4; index += 1) {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => undefined);
    waiting.push(socket);
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  return {
    port,
    stop: async () => {
      for (const socket of waiting) socket.destroy();
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}
