"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { useChange } from "@/components/changes/use-change";
import { Button } from "@/components/ui/button";
import { SectionCard } from "@/components/ui/section-card";
import { useToast } from "@/components/ui/toast";
import { ApiError } from "@/lib/api-client/api-error";
import { changePolicy, dryRunPolicy } from "@/lib/api-client/policy";
import { type Policy, policySchema, ruleIds } from "@/lib/domain/policy";
import { policyDifference } from "@/lib/domain/policy-difference";
import type { PolicyView } from "@/lib/domain/policy-view";
import type { PolicyForm as Form, PolicyValues } from "./policy-form-values";
import { ReviewDialog } from "./review-dialog";
import { RuleFields } from "./rule-fields";
import { TimesFields } from "./times-fields";

type PolicyFormProps = {
  organizationKey: string;
  /** The policy that is edited: as it was seen, whatever happens to it meanwhile. */
  seen: PolicyView;
  onSaved: (view: PolicyView) => void;
  onLoadCurrent: () => void;
};

/** Every rule with its switch, its severity and its numbers; what the whole would find is shown before it is saved. */
export function PolicyForm({ organizationKey, seen, onSaved, onLoadCurrent }: PolicyFormProps) {
  const toast = useToast();
  const [reviewed, setReviewed] = useState<Policy | null>(null);
  const form = useForm<PolicyValues, unknown, Policy>({
    resolver: zodResolver(policySchema),
    defaultValues: seen.policy,
  });
  const dryRun = useMutation({ mutationFn: (policy: Policy) => dryRunPolicy(organizationKey, { policy }) });
  const save = useChange(organizationKey, (policy: Policy, idempotencyKey) =>
    changePolicy(organizationKey, { policy, version: seen.version }, idempotencyKey),
  );
  const review = form.handleSubmit((policy) => {
    save.reset();
    setReviewed(policy);
    dryRun.mutate(policy, { onError: (error) => markPatterns(form, error) && setReviewed(null) });
  });
  const changed = save.error instanceof ApiError && save.error.code === "changed_meanwhile";

  return (
    <form className="grid grid-cols-1 gap-5" onSubmit={review} noValidate>
      <SectionCard title="Rules" padded={false}>
        <ul>
          {ruleIds.map((rule) => (
            <RuleFields key={rule} form={form} rule={rule} />
          ))}
        </ul>
      </SectionCard>
      <TimesFields form={form} />
      <div className="sticky bottom-0 -mx-1 flex flex-wrap items-center gap-3 border-line border-t bg-canvas px-1 py-3">
        <Button
          type="submit"
          variant="primary"
          loading={dryRun.isPending}
          disabledReason={form.formState.isDirty ? undefined : "Nothing is changed yet."}
        >
          See what would change
        </Button>
        <Button
          onClick={() => form.reset()}
          disabledReason={form.formState.isDirty ? undefined : "Nothing is changed yet."}
        >
          Discard changes
        </Button>
      </div>
      {reviewed ? (
        <ReviewDialog
          settings={policyDifference(seen.policy, reviewed)}
          dryRun={dryRun.data}
          error={save.error ?? dryRun.error}
          saving={save.isPending}
          onSave={() =>
            save.mutate(reviewed, {
              onSuccess: (view) => {
                toast.show({ title: "The policy is saved, and every service account judged by it." });
                onSaved(view);
              },
            })
          }
          onClose={() => setReviewed(null)}
          onLoadCurrent={changed ? onLoadCurrent : null}
        />
      ) : null}
    </form>
  );
}

/** Marks the patterns that the server refused; whether there was one. */
function markPatterns(form: Form, error: unknown): boolean {
  const fields = error instanceof ApiError ? Object.entries(error.failure.fields ?? {}) : [];
  const marks = fields.flatMap(([path, message]) => {
    const match = /\.name_pattern\.patterns\.(\d+)\.(pattern|example)$/.exec(path);
    return match ? { index: Number(match[1]), part: match[2], message } : [];
  });
  for (const { index, part, message } of marks) {
    form.setError(`rules.name_pattern.patterns.${index}.${part === "example" ? "example" : "pattern"}`, { message });
  }
  return marks.length > 0;
}
