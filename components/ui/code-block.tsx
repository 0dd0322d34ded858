import { CopyButton } from "./copy-button";
import { cx } from "./cx";

type CodeBlockProps = {
  code: string;
  /** Names the block and its copy button: "curl". */
  label: string;
  wrap?: boolean;
  onCopied?: () => void;
};

export function CodeBlock({ code, label, wrap = false, onCopied }: CodeBlockProps) {
  return (
    <figure className="overflow-hidden rounded-md border border-line bg-sunken">
      <figcaption className="flex items-center justify-between gap-2 border-line border-b py-1 pr-1 pl-3 text-ink-muted text-sm">
        {label}
        <CopyButton text={code} label={`Copy ${label}`} variant="ghost" onCopied={onCopied} />
      </figcaption>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long line has to be scrolled without a mouse
        tabIndex={0}
        className={cx(
          "overflow-x-auto p-3 font-mono text-ink -outline-offset-2",
          wrap && "whitespace-pre-wrap break-all",
        )}
      >
        <code>{code}</code>
      </pre>
    </figure>
  );
}
