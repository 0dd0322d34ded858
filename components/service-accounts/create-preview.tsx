import { counted } from "@/components/ui/counted";
import { formatAbsoluteTime } from "@/components/ui/format-relative-time";
import { Notice } from "@/components/ui/notice";
import { SectionCard } from "@/components/ui/section-card";
import { roleRank } from "@/lib/domain/role";
import type { CreateFormValues } from "./create-form-values";

type CreatePreviewProps = { values: CreateFormValues; expiresAt: string | null | undefined };

/** What pressing the button will do, in sentences. */
export function CreatePreview({ values: { name, role, projects }, expiresAt }: CreatePreviewProps) {
  const powerful = [role, ...projects.map((project) => project.role)].some(
    (each) => roleRank(each) >= roleRank("admin"),
  );
  return (
    <SectionCard title="What will happen">
      <div className="grid gap-3">
        <ul className="grid list-disc gap-1 pl-4">
          <li>
            Mixpanel creates{" "}
            <span className="break-all font-mono">{name.trim() || "NAME"}.xxxxxx.mp-service-account</span> with the
            organization role <strong>{role}</strong>.
          </li>
          <li>
            {projects.length === 0
              ? "It is in no project yet and can read no data."
              : `It becomes a member of ${counted(projects.length, "project")}.`}
          </li>
          <li>
            {expiresAt === null
              ? "It never expires."
              : expiresAt
                ? `It stops working ${formatAbsoluteTime(expiresAt)}.`
                : "Choose a date to see when it stops working."}
          </li>
          <li>You see its secret once. Nobody can read it again later.</li>
        </ul>
        {powerful ? (
          <Notice tone="warning" title="This is a powerful role.">
            Admins and owners can change settings and people. A pipeline rarely needs that.
          </Notice>
        ) : null}
      </div>
    </SectionCard>
  );
}
