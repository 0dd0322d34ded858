import { ChevronDown } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { MenuCheckboxItem } from "@/components/ui/menu-item";

type FilterMenuProps<Value extends string> = {
  label: string;
  options: readonly { value: Value; label: string }[];
  values: readonly Value[];
  onChange: (values: Value[]) => void;
};

/** One filter with several choices; what is chosen stands on its button. */
export function FilterMenu<Value extends string>({ label, options, values, onChange }: FilterMenuProps<Value>) {
  const chosen = options.filter(({ value }) => values.includes(value)).map((option) => option.label);
  const words = chosen.length > 1 ? `${chosen.length} chosen` : chosen[0];
  return (
    <Menu
      trigger={
        <Button icon={<ChevronDown aria-hidden />} className={words ? "border-accent" : undefined}>
          <span>
            {label}
            {words ? <span className="font-normal">: {words}</span> : null}
          </span>
        </Button>
      }
    >
      {options.map(({ value, label: option }) => (
        <MenuCheckboxItem
          key={value}
          checked={values.includes(value)}
          onCheckedChange={(checked) =>
            onChange(checked ? [...values, value] : values.filter((other) => other !== value))
          }
        >
          {option}
        </MenuCheckboxItem>
      ))}
    </Menu>
  );
}
