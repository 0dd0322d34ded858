const startsFormula = /^[=+\-@\t\r＝＋－＠]/;
const escaped = /^'(?=['=+\-@\t\r＝＋－＠])/;

/** A spreadsheet runs a cell that starts so as a formula; with an apostrophe before it, it is text. */
export function escapeFormula(text: string): string {
  return startsFormula.test(text) || escaped.test(text) ? `'${text}` : text;
}

/** Takes back what `escapeFormula` added, and nothing else that people write. */
export function unescapeFormula(text: string): string {
  return text.replace(escaped, "");
}
