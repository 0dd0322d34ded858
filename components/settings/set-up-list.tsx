import { CircleCheck, CircleDashed } from "lucide-react";
import { DefinitionList } from "@/components/ui/definition-list";
import { SectionCard } from "@/components/ui/section-card";
import type { SetUp } from "@/lib/domain/set-up";

/** Ticks itself off from what is really configured and working. */
export function SetUpList({ setUp: { items, facts } }: { setUp: SetUp }) {
  const done = items.filter((item) => item.done).length;
  return (
    <>
      <div data-tour="set-up">
        <SectionCard title="Set-up" description={`${done} of ${items.length} done`} padded={false}>
          <ul>
            {items.map((item) => (
              <li key={item.id} className="flex gap-3 border-line border-b px-4 py-2.5 last:border-b-0">
                {item.done ? (
                  <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
                ) : (
                  <CircleDashed aria-hidden className="mt-0.5 size-4 shrink-0 text-warning" />
                )}
                <div className="min-w-0">
                  <p>
                    <span className="sr-only">{item.done ? "Done: " : "To do: "}</span>
                    {item.title}
                  </p>
                  <p className="break-words text-ink-muted text-sm">{item.detail}</p>
                </div>
              </li>
            ))}
          </ul>
        </SectionCard>
      </div>
      <SectionCard title="In force">
        <DefinitionList columns={2} items={facts} />
      </SectionCard>
    </>
  );
}
