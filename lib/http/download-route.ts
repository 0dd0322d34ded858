import { answerHeaders } from "./answer-headers";
import { createHandler, type Handler, type Input, type Rule } from "./handler";

/** A file that is sent as it is made; `fileName` is plain ASCII. */
export type Download = { contentType: string; fileName: string; stream: ReadableStream<Uint8Array> };

type DownloadRoute<Params, Query> = Rule<Params, Query, unknown> & {
  handle: (input: Input<Params, Query, unknown>) => Promise<Download>;
};

/** A handler that answers with a file. What fails before the first byte is an error answer; later the file breaks off. */
export function downloadRoute<Params, Query>(rule: DownloadRoute<Params, Query>): Handler {
  return createHandler({ ...rule, change: false }, async (input) => {
    const { contentType, fileName, stream } = await rule.handle(input);
    const headers = answerHeaders(input.context.reference);
    headers.set("content-type", contentType);
    headers.set("content-disposition", `attachment; filename="${fileName.replace(/[^A-Za-z0-9._-]/g, "-")}"`);
    return new Response(stream, { headers });
  });
}

/** Pieces of CSV, each made when the one before has been taken. */
export function csvDownload(name: string, pieces: AsyncGenerator<string, void>, now: Date): Download {
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = await pieces.next();
      if (piece.done) controller.close();
      else controller.enqueue(encoder.encode(piece.value));
    },
    async cancel() {
      await pieces.return();
    },
  });
  const fileName = `${name}-${now.toISOString().slice(0, 10)}.csv`;
  return { contentType: "text/csv; charset=utf-8", fileName, stream };
}
