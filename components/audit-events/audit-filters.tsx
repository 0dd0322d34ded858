"use client";

import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SearchInput } from "@/components/ui/search-input";
import { Select } from "@/components/ui/select";
import { auditActions, auditOutcomes } from "@/lib/domain/audit-event";
import { actionWords } from "./action-words";
import type { useAuditQuery } from "./audit-log";
import { outcomeLooks } from "./event-table";

type AuditFiltersProps = Pick<ReturnType<typeof useAuditQuery>, "state" | "setState" | "clear" | "filtered">;

const TYPING_PAUSE_MS = 250;
const any = { value: "any" as const, label: "Any" };
const actionOptions = [any, ...auditActions.map((value) => ({ value, label: actionWords[value] }))];
const outcomeOptions = [any, ...auditOutcomes.map((value) => ({ value, label: outcomeLooks[value].word }))];

export function AuditFilters({ state, setState, clear, filtered }: AuditFiltersProps) {
  const [text, setText] = useState(state.search);
  useEffect(() => setText(state.search), [state.search]);
  useEffect(() => {
    if (text === state.search) return;
    const pause = setTimeout(() => setState({ search: text || null, page: null }), TYPING_PAUSE_MS);
    return () => clearTimeout(pause);
  }, [text, state.search, setState]);
  return (
    <div className="flex flex-wrap items-end gap-3">
      <SearchInput
        className="w-full sm:w-72"
        label="Search audit events"
        placeholder="Who or which target"
        shortcut="/"
        value={text}
        onValueChange={setText}
      />
      <Field label="Action">
        <Select
          className="w-52"
          options={actionOptions}
          value={state.action ?? "any"}
          onValueChange={(action) => setState({ action: action === "any" ? null : action, page: null })}
        />
      </Field>
      <Field label="Outcome">
        <Select
          className="w-36"
          options={outcomeOptions}
          value={state.outcome ?? "any"}
          onValueChange={(outcome) => setState({ outcome: outcome === "any" ? null : outcome, page: null })}
        />
      </Field>
      <Field label="From">
        <Input
          type="date"
          value={state.from ?? ""}
          onChange={(event) => setState({ from: event.target.value || null, page: null })}
        />
      </Field>
      <Field label="To">
        <Input
          type="date"
          value={state.to ?? ""}
          onChange={(event) => setState({ to: event.target.value || null, page: null })}
        />
      </Field>
      {filtered ? (
        <Button variant="ghost" icon={<X aria-hidden />} onClick={clear}>
          Clear filters
        </Button>
      ) : null}
    </div>
  );
}
