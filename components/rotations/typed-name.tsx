import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type TypedNameProps = { name: string; value: string; onChange: (value: string) => void };

/** The name somebody has to type before something cannot be undone. */
export function TypedName({ name, value, onChange }: TypedNameProps) {
  return (
    <Field
      label={
        <>
          Type <code className="select-all break-all font-mono">{name}</code> to confirm
        </>
      }
    >
      <Input mono autoComplete="off" value={value} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
}
