import { Badge } from "@/components/ui/badge";
import { cx } from "@/components/ui/cx";
import { accessWords, type HeldAccess, roleCode, roleTone, type shownAccess } from "./held-access";

type AccessMarkProps = { access: HeldAccess; asked: boolean };

/** A role in three letters: framed for what the filter asks for, dashed where it is not the account's own grant. */
export function AccessMark({ access: { role, grant }, asked }: AccessMarkProps) {
  if (!asked) return <span className="text-ink-muted text-xs">{roleCode(role)}</span>;
  return (
    <Badge
      tone={roleTone(role)}
      icon={null}
      className={cx("w-9 justify-center px-0", grant !== "individual" && "border-dashed border-current bg-transparent")}
    >
      {roleCode(role)}
    </Badge>
  );
}

type AccessCellProps = {
  account: string;
  project: string;
  held: readonly HeldAccess[];
  shown: ReturnType<typeof shownAccess>;
  column: number;
  place: string;
  isStop: boolean;
  onFocus: () => void;
  onOpen: () => void;
};

export function AccessCell(props: AccessCellProps) {
  const { account, project, held, shown, column, place, isStop, onFocus, onOpen } = props;
  const words = accessWords(held);
  return (
    <td
      data-place={place}
      tabIndex={isStop ? 0 : -1}
      aria-colindex={column + 2}
      aria-label={`${account} in ${project}: ${words}`}
      title={held.length > 0 ? `${project}: ${words}` : undefined}
      onFocus={onFocus}
      onKeyDown={(event) => {
        if (event.key === "Enter") onOpen();
      }}
      className="h-9 border-line border-r border-b p-0 text-center -outline-offset-2 hover:bg-hover focus:bg-selected"
    >
      {shown ? <AccessMark {...shown} /> : null}
    </td>
  );
}
