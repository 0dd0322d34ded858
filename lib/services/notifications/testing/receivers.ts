import { createServer, type IncomingHttpHeaders } from "node:http";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { z } from "zod";

const portSchema = z.object({ port: z.number() });

export type Received = { headers: IncomingHttpHeaders; body: string; url: string };

/** An HTTP receiver on the loopback address; `answer` is the status that it gives, null: it breaks the connection off. */
export async function startReceiver(port = 0) {
  const received: Received[] = [];
  const state: { answer: number | null } = { answer: 204 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (state.answer === null) return request.socket.destroy();
      const body = Buffer.concat(chunks).toString("utf8");
      if (state.answer < 300) received.push({ headers: request.headers, body, url: request.url ?? "" });
      return response.writeHead(state.answer).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const { port: bound } = portSchema.parse(server.address());
  return {
    received,
    state,
    host: `127.0.0.1:${bound}`,
    url: `http://127.0.0.1:${bound}/hook?key=hidden-part-of-the-address`,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

export type ReceivedMail = { from: string; to: string[]; raw: string; mail: ParsedMail };

/** A mail server on the loopback address that takes everything, but no recipient whose address begins with `refused`. */
export async function startMailServer(port = 0) {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo: ({ address }, _, done) =>
      done(address.startsWith("refused") ? Object.assign(new Error("No such user"), { responseCode: 550 }) : null),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const raw = Buffer.concat(chunks);
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom ? mailFrom.address : "";
        simpleParser(raw).then((mail) => {
          received.push({ from, to: rcptTo.map(({ address }) => address), raw: raw.toString("utf8"), mail });
          done();
        }, done);
      });
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const { port: bound } = portSchema.parse(server.server.address());
  return {
    received,
    url: `smtp://127.0.0.1:${bound}`,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
