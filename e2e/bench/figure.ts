/** One measured figure beside what it is compared with, in the same unit and the same run. */
export type Figure = { name: string; value: number; unit: string; reference: number; ratio: number; n: number };

/** Runs both alternately, so that whatever else the machine does falls on both; answers the medians in milliseconds. */
export async function compare(
  name: string,
  n: number,
  subject: () => Promise<unknown>,
  reference: () => Promise<unknown>,
): Promise<Figure> {
  const times: { subject: number[]; reference: number[] } = { subject: [], reference: [] };
  for (let round = -Math.ceil(n / 10); round < n; round += 1) {
    const pair = { subject: await timed(subject), reference: await timed(reference) };
    // The rounds below zero warm both up.
    if (round < 0) continue;
    times.subject.push(pair.subject);
    times.reference.push(pair.reference);
  }
  return figure(name, median(times.subject), median(times.reference), n);
}

export function figure(name: string, value: number, reference: number, n: number): Figure {
  return { name, value: round(value), unit: "ms", reference: round(reference), ratio: round(value / reference), n };
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const round = (value: number) => Number(value.toPrecision(4));
