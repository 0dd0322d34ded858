"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { ProjectPicker } from "@/components/memberships/project-picker";
import { roleOptions } from "@/components/memberships/role-options";
import { useOperator } from "@/components/operator/operator-provider";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FieldGroup } from "@/components/ui/field-group";
import { LinkButton } from "@/components/ui/link-button";
import { useRemoteNow } from "@/components/ui/now-provider";
import { RadioGroup } from "@/components/ui/radio-group";
import { SectionCard } from "@/components/ui/section-card";
import { Textarea } from "@/components/ui/textarea";
import { ApiError } from "@/lib/api-client/api-error";
import type { CreatedAnswer } from "@/lib/domain/change";
import { grantableRoles } from "@/lib/domain/operator";
import type { ApiBases } from "@/lib/domain/region";
import { pages } from "@/lib/paths/paths";
import { CreateFailure } from "./create-failure";
import {
  type CreateFormValues,
  chosenExpiry,
  createFormSchema,
  emptyCreateForm,
  needsRoleReason,
  ownCreateForm,
} from "./create-form-values";
import { CreateNotes } from "./create-notes";
import { CreatePreview } from "./create-preview";
import { ExpiryField } from "./expiry-field";
import { SecretDialog } from "./secret-dialog";
import { useCreateAccount } from "./use-create-account";

type CreateFormProps = {
  organizationKey: string;
  apiBases: ApiBases;
  initial: CreateFormValues | null;
  /** Tells what was typed here from what was typed into a form that began otherwise. */
  draftName: string;
};

/** One account: least privilege unless somebody says otherwise, and what will happen is said before it does. */
export function CreateForm({ organizationKey, apiBases, initial, draftName }: CreateFormProps) {
  const router = useRouter();
  const operator = useOperator();
  const now = new Date(useRemoteNow());
  const roles = grantableRoles(operator.role);
  const [created, setCreated] = useState<CreatedAnswer | null>(null);
  const form = useForm<CreateFormValues>({
    resolver: zodResolver(createFormSchema),
    defaultValues: initial ?? ownCreateForm(operator),
    mode: "onTouched",
  });
  const create = useCreateAccount(organizationKey, form, draftName);
  const { errors } = form.formState;
  const values = form.watch();

  useEffect(() => {
    const fields = create.error instanceof ApiError ? create.error.failure.fields : undefined;
    for (const [path, message] of Object.entries(fields ?? {})) {
      const field = path === "expiresAt" ? "date" : (path.split(".")[0] ?? path);
      if (field in emptyCreateForm) form.setError(field as keyof CreateFormValues, { message });
    }
  }, [create.error, form]);

  return (
    <form
      noValidate
      className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_22rem]"
      onSubmit={form.handleSubmit((input) => create.send(input, now).then(setCreated, () => undefined))}
    >
      <div className="grid gap-5">
        <CreateNotes form={form} />
        <SectionCard title="What it may do">
          <div className="grid gap-4">
            <Controller
              control={form.control}
              name="role"
              render={({ field }) => (
                <FieldGroup
                  legend="Organization role"
                  description={roles.includes("owner") ? undefined : "Managers of Keywarden may grant up to analyst."}
                  error={errors.role?.message}
                >
                  <RadioGroup options={roleOptions(roles)} value={field.value} onValueChange={field.onChange} />
                </FieldGroup>
              )}
            />
            <Controller
              control={form.control}
              name="projects"
              render={({ field }) => (
                <FieldGroup
                  legend="Projects"
                  description="None is chosen from the start: an account reaches only the projects it is given."
                  error={errors.projects?.message}
                >
                  <ProjectPicker
                    organizationKey={organizationKey}
                    label="Projects"
                    value={field.value}
                    onChange={field.onChange}
                    roles={roles}
                    defaultRole="consumer"
                  />
                </FieldGroup>
              )}
            />
            {needsRoleReason(values) ? (
              <Field
                name="roleReason"
                label="Why owner or admin"
                description="Kept in Keywarden, for whoever asks next year."
                error={errors.roleReason?.message}
              >
                <Textarea rows={2} {...form.register("roleReason")} />
              </Field>
            ) : null}
          </div>
        </SectionCard>
        <SectionCard title="How long it lives">
          <ExpiryField form={form} now={now} />
        </SectionCard>
      </div>
      <div className="grid gap-4 xl:sticky xl:top-20">
        <CreatePreview values={values} expiresAt={chosenExpiry(values, now)} />
        {create.error ? (
          <CreateFailure
            organizationKey={organizationKey}
            apiBases={apiBases}
            error={create.error}
            onSettled={create.forgetDraft}
          />
        ) : null}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" loading={create.isPending}>
            Create service account
          </Button>
          <LinkButton href={pages.serviceAccounts(organizationKey)} onClick={create.forgetDraft}>
            Cancel
          </LinkButton>
        </div>
      </div>
      {created ? (
        <SecretDialog
          organizationKey={organizationKey}
          created={created}
          apiBases={apiBases}
          onClose={() => {
            setCreated(null);
            router.push(pages.serviceAccount(organizationKey, created.account.id));
          }}
        />
      ) : null}
    </form>
  );
}
