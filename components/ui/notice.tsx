import { X } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";
import { IconButton } from "./icon-button";
import { type Tone, toneBox, toneIcons, toneText } from "./tone";

type NoticeProps = {
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  icon?: ReactNode;
  /** Set where it appears while somebody is looking: "alert" interrupts, "status" waits. */
  role?: "alert" | "status";
  onDismiss?: () => void;
  /** Edge to edge, for the top of a page. */
  banner?: boolean;
  className?: string;
};

export function Notice(props: NoticeProps) {
  const {
    tone = "notice",
    title,
    children,
    action,
    icon = toneIcons[tone],
    role,
    onDismiss,
    banner,
    className,
  } = props;
  return (
    <div
      role={role}
      className={cx(
        "flex flex-wrap items-start gap-x-3 gap-y-2 px-3 py-2",
        banner ? "border-b lg:px-6" : "rounded-md border",
        toneBox[tone],
        className,
      )}
    >
      {icon ? <span className={cx("flex h-5 items-center [&_svg]:size-4", toneText[tone])}>{icon}</span> : null}
      <div className="min-w-0 flex-1 basis-48">
        {title ? <p className="font-medium">{title}</p> : null}
        {children ? <div className="text-pretty">{children}</div> : null}
      </div>
      {action ? <div className="flex items-center gap-2">{action}</div> : null}
      {onDismiss ? (
        <IconButton label="Dismiss" size="sm" icon={<X aria-hidden />} onClick={onDismiss} className="-my-1 -mr-1" />
      ) : null}
    </div>
  );
}
