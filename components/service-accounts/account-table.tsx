"use client";

import { useTable } from "@tanstack/react-table";
import { useMemo, useRef, useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { SortHeader } from "@/components/ui/sort-header";
import { Cell, HeaderCell, Table, TableHead, TableRow } from "@/components/ui/table";
import { VirtualRows } from "@/components/ui/virtual-rows";
import type { AccountListRow } from "@/lib/domain/inventory-view";
import { accountColumns, accountFeatures, columnHeads } from "./account-columns";
import { type AccountQueryState, extraColumns } from "./use-account-query";
import { useRowKeys } from "./use-row-keys";
import type { Selection } from "./use-selection";

type AccountTableProps = {
  organizationKey: string;
  rows: AccountListRow[];
  state: AccountQueryState;
  /** Absent for those who may change nothing. */
  selection: Selection | null;
};

/** The rows of one page; only those in sight are drawn. */
export function AccountTable({ organizationKey, rows, state, selection }: AccountTableProps) {
  const { query, hidden, shown, setState } = state;
  const columns = useMemo(() => accountColumns(organizationKey), [organizationKey]);
  const columnVisibility = useMemo(() => {
    const extra = extraColumns.map((id) => [id, shown.includes(id)]);
    return Object.fromEntries([...hidden.map((id) => [id, false]), ...extra]);
  }, [hidden, shown]);
  const table = useTable({
    features: accountFeatures,
    columns,
    data: rows,
    getRowId: (row) => String(row.id),
    state: { columnVisibility },
  });
  const scroller = useRef<HTMLDivElement>(null);
  const [activeIndex, setActiveIndex] = useState<number | null>(null);
  const onKeyDown = useRowKeys(scroller, setActiveIndex, rows.length);
  const order = query.order === "asc" ? "ascending" : "descending";

  return (
    <Table
      ref={scroller}
      label="Service accounts"
      rowCount={rows.length + 1}
      className="max-h-[max(20rem,calc(100dvh-19rem))] min-[1400px]:max-h-[max(20rem,calc(100dvh-17rem))]"
      onKeyDown={onKeyDown}
    >
      <TableHead>
        <tr>
          {selection ? (
            <HeaderCell className="w-10" data-tour="select">
              <Checkbox
                label="Select all on this page"
                hideLabel
                checked={selection.page === "all"}
                indeterminate={selection.page === "some"}
                onCheckedChange={selection.togglePage}
              />
            </HeaderCell>
          ) : null}
          {table.getVisibleLeafColumns().map(({ id }) => {
            const head = columnHeads[id];
            if (!head) return null;
            const { sort } = head;
            if (!sort) return <HeaderCell key={id}>{head.title}</HeaderCell>;
            const active = query.sort === sort;
            const next = active && query.order === "asc" ? "desc" : "asc";
            return (
              <SortHeader
                key={id}
                align={head.align}
                direction={active ? order : null}
                onSort={() => setState({ sort, order: next, page: null })}
              >
                {head.title}
              </SortHeader>
            );
          })}
        </tr>
      </TableHead>
      <VirtualRows
        items={table.getRowModel().rows}
        scroller={scroller}
        activeIndex={activeIndex}
        renderRow={(row, index) => (
          <TableRow
            key={row.id}
            aria-rowindex={index + 2}
            data-row-index={index}
            selected={selection?.ids.has(row.original.id)}
          >
            {selection ? (
              <Cell>
                <Checkbox
                  label={`Select ${row.original.name}`}
                  hideLabel
                  checked={selection.ids.has(row.original.id)}
                  disabled={row.original.own || (selection.full && !selection.ids.has(row.original.id))}
                  onCheckedChange={(_, event) => selection.toggle(row.original.id, index, event)}
                />
              </Cell>
            ) : null}
            {row.getVisibleCells().map((cell) => (
              <Cell key={cell.id} align={columnHeads[cell.column.id]?.align}>
                <table.FlexRender cell={cell} />
              </Cell>
            ))}
          </TableRow>
        )}
      />
    </Table>
  );
}
