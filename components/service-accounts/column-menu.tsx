import { Columns3 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { MenuCheckboxItem } from "@/components/ui/menu-item";
import { columnHeads } from "./account-columns";
import { type AccountQueryState, extraColumns, optionalColumns } from "./use-account-query";

/** Which columns are there; the choice stays in the address. */
export function ColumnMenu({ state: { hidden, shown, setState } }: { state: AccountQueryState }) {
  return (
    <Menu
      align="end"
      trigger={
        <Button variant="ghost" icon={<Columns3 aria-hidden />} className="ml-auto">
          Columns
        </Button>
      }
    >
      {optionalColumns.map((id) => (
        <MenuCheckboxItem
          key={id}
          checked={!hidden.includes(id)}
          onCheckedChange={(checked) =>
            setState({ hidden: checked ? hidden.filter((other) => other !== id) : [...hidden, id] })
          }
        >
          {columnHeads[id]?.title}
        </MenuCheckboxItem>
      ))}
      {extraColumns.map((id) => (
        <MenuCheckboxItem
          key={id}
          checked={shown.includes(id)}
          onCheckedChange={(checked) =>
            setState({ shown: checked ? [...shown, id] : shown.filter((other) => other !== id) })
          }
        >
          {columnHeads[id]?.title}
        </MenuCheckboxItem>
      ))}
    </Menu>
  );
}
