import { type AnnotationKey, annotationKeys } from "@/lib/domain/annotation";
import { csvHeads } from "@/lib/domain/annotation-csv";
import type { ImportRow } from "@/lib/domain/annotation-import";
import { unescapeFormula } from "@/lib/domain/csv-cell";

export type AnnotationFile = { rows: ImportRow[] } | { problem: string };
type Column = "username" | "accountId" | AnnotationKey | null;
type Line = { line: number; cells: string[] };

/** Reads a file in the form of the export, separated by commas, semicolons or tabs; other columns are passed over. */
export async function readAnnotationCsv(text: string): Promise<AnnotationFile> {
  const read = await readLines(text.replace(/\r\n?/g, "\n"));
  if ("problem" in read) return read;
  const [head, ...lines] = read.lines;
  if (!head) return { problem: "The file is empty." };
  const columns = head.cells.map(columnOf);
  const problem = problemOf(columns);
  return problem ? { problem } : { rows: lines.map((line) => toRow(line, columns)) };
}

/** The library is large, so that it comes only with the first file. */
async function readLines(text: string): Promise<{ lines: Line[] } | { problem: string }> {
  const { parse } = await import("csv-parse/browser/esm/sync");
  const lines: Line[] = [];
  try {
    parse(text, {
      bom: true,
      delimiter: separatorOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (cells: string[], { lines: end }) => {
        const breaks = cells.join("").split("\n").length - 1;
        lines.push({ line: end - breaks, cells });
        return null;
      },
    });
    return { lines };
  } catch (error) {
    return { problem: `It is not CSV: ${error instanceof Error ? error.message : "it cannot be read."}` };
  }
}

/** Spreadsheets separate by what the country uses; the first line tells. */
function separatorOf(text: string): string {
  const [head = ""] = text.split("\n", 1);
  const counted = [",", ";", "\t"].map((mark) => ({ mark, count: head.split(mark).length }));
  return counted.sort((left, right) => right.count - left.count)[0]?.mark ?? ",";
}

function columnOf(cell: string): Column {
  const name = unescapeFormula(cell).trim().toLowerCase();
  if (name === "username") return "username";
  if (name === "id") return "accountId";
  return annotationKeys.find((key) => csvHeads[key] === name) ?? null;
}

function problemOf(columns: readonly Column[]): string | null {
  const known = columns.filter((column) => column !== null);
  const twice = known.find((column, index) => known.indexOf(column) !== index);
  const head = twice === undefined || twice === "username" || twice === "accountId" ? twice : csvHeads[twice];
  if (twice !== undefined) return `Two columns are called ${head === "accountId" ? "id" : head}.`;
  if (!known.includes("username") && !known.includes("accountId")) return "No column is called username or id.";
  if (known.every((column) => column === "username" || column === "accountId")) {
    return `No column is one that can be imported: ${Object.values(csvHeads).join(", ")}.`;
  }
  return null;
}

function toRow({ line, cells }: Line, columns: readonly Column[]): ImportRow {
  const row: ImportRow = { line, accountId: "", username: "", cells: {} };
  for (const [index, column] of columns.entries()) {
    const cell = unescapeFormula(cells[index] ?? "");
    if (column === "username" || column === "accountId") row[column] = cell.trim();
    else if (column !== null) row.cells[column] = cell;
  }
  return row;
}
