"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { type CredentialInput, credentialInputSchema } from "@/lib/domain/organization-credential";

export const emptyCredential: CredentialInput = { username: "", secret: "" };
export type CredentialProblems = Partial<Record<keyof CredentialInput, string>>;

/** What is wrong with what was pasted, by field; null when it can be tried. */
export function problemsOf(credential: CredentialInput): CredentialProblems | null {
  const parsed = credentialInputSchema.safeParse(credential);
  if (parsed.success) return null;
  const problems: CredentialProblems = {};
  for (const { path, message } of parsed.error.issues) {
    if (path[0] === "username") problems.username ??= message;
    if (path[0] === "secret") problems.secret ??= message;
  }
  return problems;
}

type CredentialFieldsProps = {
  value: CredentialInput;
  onChange: (value: CredentialInput) => void;
  problems: CredentialProblems | null;
};

/** Username and secret to paste; the browser is asked to keep neither. */
export function CredentialFields({ value, onChange, problems }: CredentialFieldsProps) {
  return (
    <div className="grid gap-4">
      <Field
        label="Username"
        description="The whole of it, as Mixpanel shows it: keywarden.1a2b3c.mp-service-account"
        error={problems?.username}
      >
        <Input
          mono
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={value.username}
          onChange={(event) => onChange({ ...value, username: event.target.value })}
        />
      </Field>
      <Field label="Secret" error={problems?.secret}>
        <Input
          mono
          type="password"
          autoComplete="off"
          value={value.secret}
          onChange={(event) => onChange({ ...value, secret: event.target.value })}
        />
      </Field>
    </div>
  );
}
