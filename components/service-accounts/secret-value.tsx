import { CopyButton } from "@/components/ui/copy-button";

type SecretValueProps = { label: string; value: string; onCopied?: () => void };

/** A credential's part, whole and selectable. */
export function SecretValue({ label, value, onCopied }: SecretValueProps) {
  return (
    <div className="grid gap-1">
      <span className="font-medium">{label}</span>
      <div className="flex items-center gap-2 rounded-md border border-line-strong bg-sunken py-1 pr-1 pl-3">
        <code className="min-w-0 flex-1 select-all break-all font-mono" data-secret={label === "Secret" || undefined}>
          {value}
        </code>
        <CopyButton text={value} label={`Copy ${label.toLowerCase()}`} onCopied={onCopied} />
      </div>
    </div>
  );
}
