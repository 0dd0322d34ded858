import { CircleCheck, CircleDashed } from "lucide-react";
import type { RotationStep, RotationView } from "@/lib/domain/organization-credential";

const order: readonly RotationStep[] = ["issue", "verify", "switch", "delete"];
const words: Partial<Record<RotationStep, (rotation: RotationView) => string>> = {
  issue: ({ replacementUsername }) =>
    replacementUsername ? `Issue the replacement: ${replacementUsername}` : "Issue the replacement",
  verify: () => "Verify that it signs in and reads the organization",
  switch: () => "Switch to it",
  delete: ({ predecessorUsername }) => `Delete the predecessor: ${predecessorUsername}`,
};

/** The four steps of a rotation with those that are done ticked off. */
export function RotationSteps({ rotation }: { rotation: RotationView }) {
  if (rotation.step === "cancelling") {
    return (
      <p>It is being cancelled: the replacement, where there is one, is deleted. The credential was not touched.</p>
    );
  }
  const at = order.indexOf(rotation.step);
  return (
    <ol className="mt-1 grid gap-1">
      {order.map((step, index) => (
        <li key={step} className="flex min-w-0 items-start gap-2" aria-current={index === at ? "step" : undefined}>
          {index < at ? (
            <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
          ) : (
            <CircleDashed aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-muted" />
          )}
          <span className="min-w-0 break-all">
            <span className="sr-only">{index < at ? "Done: " : index === at ? "Next: " : "Later: "}</span>
            {words[step]?.(rotation)}
          </span>
        </li>
      ))}
    </ol>
  );
}
