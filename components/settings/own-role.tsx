import { SectionCard } from "@/components/ui/section-card";
import type { OperatorRole } from "@/lib/domain/operator";

const allowed: Record<OperatorRole, string> = {
  viewer: "You see everything and change nothing.",
  manager:
    "You create, assign, remove and delete service accounts up to the role analyst, and accept findings that are not critical.",
  administrator: "You may do everything the console can do, including granting owner and admin.",
};

/** What the signed-in role means, and where it comes from. */
export function OwnRole({ role }: { role: OperatorRole }) {
  return (
    <SectionCard title="Your role">
      <p>
        You are signed in as <strong>{role}</strong>. {allowed[role]}
      </p>
      <p className="mt-1 text-ink-muted">
        Roles come from your groups at the identity provider. Only whoever runs it can change them.
      </p>
    </SectionCard>
  );
}
