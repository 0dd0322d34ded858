"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { AnnotateManyInput } from "@/lib/domain/annotation-change";
import { tagsTextSchema } from "./annotation-form-values";

type BulkTagsProps = {
  /** null while one of them is no tag. */
  onChange: (tags: Pick<AnnotateManyInput, "addTags" | "removeTags"> | null) => void;
};

/** Tags to add to, and to take away from, each account. */
export function BulkTags({ onChange }: BulkTagsProps) {
  const [texts, setTexts] = useState({ add: "", remove: "" });
  const read = (text: string) => tagsTextSchema.safeParse(text);

  function change(next: typeof texts) {
    setTexts(next);
    const [add, remove] = [read(next.add), read(next.remove)];
    onChange(add.success && remove.success ? { addTags: add.data, removeTags: remove.data } : null);
  }
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Add tags" error={read(texts.add).error?.issues[0]?.message}>
        <Input
          autoComplete="off"
          value={texts.add}
          onChange={(event) => change({ ...texts, add: event.target.value })}
        />
      </Field>
      <Field label="Remove tags" error={read(texts.remove).error?.issues[0]?.message}>
        <Input
          autoComplete="off"
          value={texts.remove}
          onChange={(event) => change({ ...texts, remove: event.target.value })}
        />
      </Field>
    </div>
  );
}
