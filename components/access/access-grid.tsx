"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useCallback, useMemo, useRef } from "react";
import type { AccessPage } from "@/lib/domain/access-view";
import type { AccessQuery } from "@/lib/domain/list-query";
import { pages } from "@/lib/paths/paths";
import { AccessCell } from "./access-cell";
import { heldByProject, shownAccess } from "./held-access";
import { type Place, placeName, useGridKeys } from "./use-grid-keys";

const ROW_PX = 36;
const COLUMN_PX = 44;
const HEAD_PX = 144;

type AccessGridProps = {
  organizationKey: string;
  page: Pick<AccessPage, "projects" | "rows">;
  query: AccessQuery;
  /** Told what the focus is on. */
  onFocus: (place: Place) => void;
};

/** Accounts down, projects across; drawn are the cells in sight and a few around them. */
export function AccessGrid({ organizationKey, page: { projects, rows }, query, onFocus }: AccessGridProps) {
  const router = useRouter();
  const scroller = useRef<HTMLDivElement>(null);
  const held = useMemo(() => rows.map(heldByProject), [rows]);
  const down = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 6,
    initialRect: { width: 0, height: ROW_PX * 20 },
  });
  const across = useVirtualizer({
    horizontal: true,
    count: projects.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => COLUMN_PX,
    overscan: 4,
    initialRect: { width: COLUMN_PX * 24, height: 0 },
  });
  const reveal = useCallback(
    ({ row, column }: Place) => {
      if (row >= 0) down.scrollToIndex(row, { align: "auto" });
      if (column >= 0) across.scrollToIndex(column, { align: "auto" });
    },
    [down, across],
  );
  const last = { row: rows.length - 1, column: projects.length - 1 };
  const { at, setAt, onKeyDown } = useGridKeys(scroller, last, reveal);

  const lines = down.getVirtualItems();
  const columns = across.getVirtualItems();
  const left = columns[0]?.start ?? 0;
  const right = across.getTotalSize() - (columns.at(-1)?.end ?? 0);
  const above = lines[0]?.start ?? 0;
  const below = down.getTotalSize() - (lines.at(-1)?.end ?? 0);
  // One stop for Tab, and never one that is not drawn.
  const isDrawn = (items: typeof lines, index: number) => index < 0 || items.some((item) => item.index === index);
  const stop = placeName({
    row: isDrawn(lines, at.row) ? at.row : (lines[0]?.index ?? 0),
    column: isDrawn(columns, at.column) ? at.column : (columns[0]?.index ?? 0),
  });
  const focusable = (place: Place) => ({
    "data-place": placeName(place),
    tabIndex: stop === placeName(place) ? 0 : -1,
    onFocus: () => {
      setAt(place);
      onFocus(place);
    },
  });

  return (
    <div
      ref={scroller}
      className="max-h-[max(22rem,calc(100dvh-21rem))] overflow-auto rounded-lg border border-line bg-surface [--label:8.5rem] sm:[--label:15rem]"
      style={{ scrollPaddingTop: HEAD_PX, scrollPaddingLeft: "var(--label)" }}
    >
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table that the arrow keys move in
        role="grid"
        aria-label="Access matrix"
        aria-rowcount={rows.length + 1}
        aria-colcount={projects.length + 1}
        onKeyDown={onKeyDown}
        className="table-fixed border-separate border-spacing-0"
        style={{ width: `calc(var(--label) + ${across.getTotalSize()}px)` }}
      >
        <colgroup>
          <col style={{ width: "var(--label)" }} />
          {left > 0 ? <col style={{ width: left }} /> : null}
          {columns.map(({ key }) => (
            <col key={key} style={{ width: COLUMN_PX }} />
          ))}
          {right > 0 ? <col style={{ width: right }} /> : null}
        </colgroup>
        <thead className="sticky top-0 z-20">
          <tr aria-rowindex={1}>
            <th
              scope="col"
              aria-colindex={1}
              className="sticky left-0 z-10 border-line border-r border-b bg-sunken px-3 pb-2 text-left align-bottom font-medium text-ink-muted text-sm"
              style={{ height: HEAD_PX }}
            >
              Service account
            </th>
            <Gap width={left} />
            {columns.map(({ index, key }) => {
              const project = projects[index];
              return project ? (
                <th
                  key={key}
                  scope="col"
                  aria-colindex={index + 2}
                  className="border-line border-r border-b bg-sunken p-0 align-bottom font-normal text-sm"
                >
                  <Link
                    {...focusable({ row: -1, column: index })}
                    href={pages.project(organizationKey, project.id)}
                    prefetch={false}
                    title={project.name}
                    className="mx-auto block w-7 rotate-180 truncate py-1 text-left leading-7 -outline-offset-2 [writing-mode:vertical-rl] hover:underline"
                    style={{ height: HEAD_PX - 8 }}
                  >
                    {project.name}
                  </Link>
                </th>
              ) : null;
            })}
            <Gap width={right} />
          </tr>
        </thead>
        <tbody>
          {above > 0 ? <tr aria-hidden style={{ height: above }} /> : null}
          {lines.map(({ index: row, key }) => {
            const account = rows[row];
            if (!account) return null;
            const open = () => router.push(pages.serviceAccount(organizationKey, account.id));
            return (
              <tr key={key} aria-rowindex={row + 2}>
                <th
                  scope="row"
                  aria-colindex={1}
                  className="sticky left-0 z-10 h-9 border-line border-r border-b bg-surface px-3 text-left font-normal"
                >
                  <Link
                    {...focusable({ row, column: -1 })}
                    href={pages.serviceAccount(organizationKey, account.id)}
                    prefetch={false}
                    title={`${account.name}${account.suffix}`}
                    className="block truncate rounded-sm font-medium outline-offset-0 hover:underline"
                  >
                    {account.name}
                  </Link>
                </th>
                <Gap width={left} />
                {columns.map(({ index: column, key: columnKey }) => {
                  const project = projects[column];
                  if (!project) return null;
                  const memberships = held[row]?.get(project.id) ?? [];
                  const { "data-place": place, tabIndex, onFocus: focused } = focusable({ row, column });
                  return (
                    <AccessCell
                      key={columnKey}
                      account={account.name}
                      project={project.name}
                      held={memberships}
                      shown={shownAccess(memberships, query)}
                      column={column}
                      place={place}
                      isStop={tabIndex === 0}
                      onFocus={focused}
                      onOpen={open}
                    />
                  );
                })}
                <Gap width={right} />
              </tr>
            );
          })}
          {below > 0 ? <tr aria-hidden style={{ height: below }} /> : null}
        </tbody>
      </table>
    </div>
  );
}

function Gap({ width }: { width: number }) {
  return width > 0 ? <td aria-hidden className="border-line border-b p-0" /> : null;
}
