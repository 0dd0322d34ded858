"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { importAnnotations, previewImport } from "@/lib/api-client/annotations";
import { newIdempotencyKey } from "@/lib/api-client/fetch-json";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { ImportLine, ImportRow } from "@/lib/domain/annotation-import";
import { slicesOf, withoutRepeats } from "./import-slices";
import { readAnnotationCsv } from "./read-annotation-csv";

type Stage = "choose" | "preview" | "done";
type State = {
  stage: Stage;
  rows: ImportRow[];
  lines: ImportLine[];
  progress: { done: number; total: number } | null;
  problem: string | null;
  error: unknown;
};
const start: State = { stage: "choose", rows: [], lines: [], progress: null, problem: null, error: null };

/** Reads a file in the browser, asks what it would change, and has that changed, in requests that are small enough. */
export function useImport(organizationKey: string) {
  const client = useQueryClient();
  const [state, setState] = useState<State>(start);
  /** Of each request of the import: what was not answered is sent again under the same key. */
  const keys = useRef(new Map<number, string>());
  const answered = useRef<ImportLine[][]>([]);
  const update = (changes: Partial<State>) => setState((before) => ({ ...before, ...changes }));

  async function preview(text: string) {
    const file = await readAnnotationCsv(text);
    if ("problem" in file) return update({ ...start, problem: file.problem });
    if (file.rows.length === 0) return update({ ...start, problem: "The file has a head and no rows." });
    const lines: ImportLine[] = [];
    try {
      for (const rows of slicesOf(file.rows)) {
        update({ progress: { done: lines.length, total: file.rows.length }, problem: null, error: null });
        lines.push(...(await previewImport(organizationKey, { rows })).lines);
      }
      keys.current.clear();
      answered.current = [];
      update({ stage: "preview", rows: file.rows, lines: withoutRepeats(lines), progress: null });
    } catch (error) {
      update({ progress: null, error });
    }
  }

  async function apply() {
    const byLine = new Map(state.rows.map((row) => [row.line, row]));
    const wanted = state.lines.filter(({ outcome }) => outcome === "changed");
    const rows = wanted.flatMap(({ line, seen }) => {
      const row = byLine.get(line);
      return row ? [{ ...row, seen }] : [];
    });
    const slices = slicesOf(rows);
    try {
      for (const [index, slice] of slices.entries()) {
        if (answered.current[index]) continue;
        update({ progress: { done: slices.slice(0, index).flat().length, total: rows.length }, error: null });
        const key = keys.current.get(index) ?? newIdempotencyKey();
        keys.current.set(index, key);
        answered.current[index] = (await importAnnotations(organizationKey, { rows: slice }, key)).lines;
      }
      const results = new Map(answered.current.flat().map((line) => [line.line, line]));
      const lines = state.lines.map((line) => results.get(line.line) ?? line);
      update({ stage: "done", lines, progress: null });
    } catch (error) {
      update({ progress: null, error });
    } finally {
      await client.invalidateQueries({ queryKey: queryKeys.organization(organizationKey) });
    }
  }

  return {
    ...state,
    preview,
    apply,
    refuse: (problem: string) => setState({ ...start, problem }),
    restart: () => setState(start),
  };
}
