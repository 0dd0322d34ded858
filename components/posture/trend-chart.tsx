import { formatDate } from "@/components/ui/format-relative-time";
import type { PosturePoint } from "@/lib/domain/posture";

const WIDTH = 320;
const HEIGHT = 72;
const PADDING = 4;

/** A line of values from left to right inside the frame; one value alone is drawn as a level. */
export function linePoints(values: readonly number[], highest: number, height = HEIGHT, width = WIDTH): string {
  const drawn = values.length === 1 ? [...values, ...values] : values;
  const top = Math.max(highest, 1);
  return drawn
    .map((value, index) => {
      const x = PADDING + ((width - 2 * PADDING) * index) / Math.max(1, drawn.length - 1);
      const y = height - PADDING - ((height - 2 * PADDING) * value) / top;
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(" ");
}

/** The score day by day; the table behind says the same to who does not see the line. */
export function TrendChart({ history }: { history: readonly PosturePoint[] }) {
  const first = history[0];
  const last = history.at(-1);
  if (!first || !last) return null;
  return (
    <figure className="min-w-0">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        aria-hidden
        preserveAspectRatio="none"
        className="h-18 w-full rounded-md bg-sunken text-accent"
      >
        <polyline
          points={linePoints(
            history.map(({ score }) => score),
            100,
          )}
          fill="none"
          stroke="currentColor"
          strokeWidth={2}
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <figcaption className="flex justify-between gap-2 text-ink-muted text-sm">
        <span>{history.length > 1 ? `${formatDate(first.day)}: ${first.score}` : "The history begins today."}</span>
        <span>Today: {last.score}</span>
      </figcaption>
      <details className="mt-1 text-sm">
        <summary className="w-fit cursor-pointer rounded-sm text-ink-muted">Day by day</summary>
        <div className="mt-1 max-h-60 overflow-y-auto rounded-md border border-line">
          <table className="w-full text-left">
            <caption className="sr-only">Posture by day, the latest first</caption>
            <thead className="sticky top-0 bg-sunken text-ink-muted">
              <tr>
                {["Day", "Score", "Open", "Accepted"].map((head) => (
                  <th key={head} scope="col" className="px-2 py-1 font-medium">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="tabular-nums">
              {history.toReversed().map(({ day, score, open, accepted }) => (
                <tr key={day}>
                  <th scope="row" className="px-2 py-0.5 font-normal">
                    {formatDate(day)}
                  </th>
                  <td className="px-2">{score}</td>
                  <td className="px-2">{open.toLocaleString("en")}</td>
                  <td className="px-2">{accepted.toLocaleString("en")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
