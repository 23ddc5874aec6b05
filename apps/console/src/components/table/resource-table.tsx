'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useMemo, useRef } from 'react';
import { useText } from '../../i18n/text.ts';
import { cellText, gridTemplate, measure, type ShownColumn, type TableRow } from '../../lib/columns.ts';
import { objectHref, type ResourceRef } from '../../lib/paths.ts';
import { useColumnText } from '../../lib/use-column-text.ts';
import type { Rows } from '../../lib/use-rows.ts';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { BULK_MAX } from './bulk.ts';
import { Cell } from './cell.tsx';
import type { Selection } from './use-selection.ts';

const ROW_PX = 30;
const OVERSCAN = 12;

export interface TableProps {
  readonly label: string;
  readonly resource: ResourceRef;
  readonly rows: Rows;
  readonly columns: readonly ShownColumn[];
  readonly sort: string;
  readonly descending: boolean;
  readonly onSort: (column: string) => void;
  /** Index of the row that the keys act on; -1 for none. */
  readonly cursor: number;
  readonly onOpen: (row: TableRow, index: number) => void;
  readonly onRange: (first: number, last: number) => void;
  /** For bulk actions; absent where there are none. */
  readonly selection: Selection | undefined;
}

/** A list of any length: only what is in view is drawn and read. */
export function ResourceTable(props: TableProps) {
  const t = useText('common');
  const { label, rows, columns, cursor, onRange } = props;
  const scroller = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: rows.matched,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onRange(first, last), [first, last, onRange]);
  useEffect(() => {
    if (cursor >= 0) virtual.scrollToIndex(cursor, { align: 'auto' });
  }, [cursor, virtual]);
  const widths = useTemplate(columns, rows.loaded);
  const template = props.selection === undefined ? widths : `32px ${widths}`;
  return (
    <ScrollRegion ref={scroller} label={t('scrollable', { label })} className="min-h-0 flex-1 overflow-auto">
      {/* biome-ignore lint/a11y/useSemanticElements: a virtual list is laid out as a grid */}
      <div role="table" aria-label={label} aria-rowcount={rows.matched + 1} className="w-max min-w-full">
        <Head {...props} template={template} />
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => (
            <Row
              key={rows.at(index)?.uid ?? `row-${index}`}
              {...props}
              template={template}
              index={index}
              top={start}
            />
          ))}
        </div>
      </div>
    </ScrollRegion>
  );
}

/** Widths only grow while a list is open, so that nothing jumps. */
function useTemplate(columns: readonly ShownColumn[], loaded: readonly TableRow[]): string {
  const known = useRef<{ readonly key: string; readonly widths: readonly number[] }>({ key: '', widths: [] });
  return useMemo(() => {
    const key = columns.map(({ name }) => name).join('|');
    const fresh = measure(columns, loaded);
    const old = known.current.key === key ? known.current.widths : [];
    const widths = fresh.map((width, index) => Math.max(width, old[index] ?? 0));
    known.current = { key, widths };
    return gridTemplate(widths);
  }, [columns, loaded]);
}

function Head({
  columns,
  sort,
  descending,
  onSort,
  selection,
  rows,
  template,
}: TableProps & { readonly template: string }) {
  const columnText = useColumnText();
  const t = useText('bulk');
  const count = selection?.rows.length ?? 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the table
    <div role="rowgroup" className="sticky top-0 z-10">
      {/* biome-ignore lint/a11y/useSemanticElements: see the table */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: rows of a table take no focus */}
      <div
        role="row"
        aria-rowindex={1}
        className="grid h-8 border-b border-line bg-surface px-2"
        style={{ gridTemplateColumns: template }}
      >
        {selection === undefined ? null : (
          // biome-ignore lint/a11y/useSemanticElements: see the table
          // biome-ignore lint/a11y/useFocusableInteractive: its box takes the focus
          <div role="columnheader" className="flex items-center justify-center">
            <input
              type="checkbox"
              aria-label={t('selectAll')}
              checked={count > 0 && count >= Math.min(rows.matched, BULK_MAX)}
              ref={(box) => {
                if (box !== null) box.indeterminate = count > 0 && count < Math.min(rows.matched, BULK_MAX);
              }}
              onChange={selection.toggleAll}
            />
          </div>
        )}
        {columns.map((column) => {
          const sorted = sort === column.name;
          const Arrow = descending ? ArrowDown : ArrowUp;
          return (
            // biome-ignore lint/a11y/useSemanticElements: see the table
            // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus
            <div
              key={column.name}
              role="columnheader"
              aria-sort={sorted ? (descending ? 'descending' : 'ascending') : 'none'}
              className="flex min-w-0 items-center px-2"
            >
              <button
                type="button"
                title={column.description}
                onClick={() => onSort(column.name)}
                className="flex min-w-0 items-center gap-1 rounded-sm text-xs font-medium text-muted hover:text-ink"
              >
                <span className="truncate">{columnText(column.name)}</span>
                {sorted ? <Arrow aria-hidden className="size-3 shrink-0" /> : null}
              </button>
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Row({
  rows,
  columns,
  resource,
  cursor,
  onOpen,
  selection,
  template,
  index,
  top,
}: TableProps & { readonly template: string; readonly index: number; readonly top: number }) {
  const t = useText('bulk');
  const row = rows.at(index);
  const chosen = index === cursor;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the table
    // biome-ignore lint/a11y/useFocusableInteractive: its link takes the focus
    // biome-ignore lint/a11y/useKeyWithClickEvents: j, k and Enter do the same
    <div
      role="row"
      aria-rowindex={index + 2}
      data-cursor={chosen || undefined}
      onClick={(event) => {
        if (row !== undefined && !(event.target as HTMLElement).closest('a, input')) onOpen(row, index);
      }}
      className="absolute inset-x-0 grid cursor-default border-b border-line px-2 hover:bg-sunken data-[cursor]:bg-accent-soft"
      style={{ gridTemplateColumns: template, height: ROW_PX, transform: `translateY(${top}px)` }}
    >
      {selection === undefined ? null : (
        // biome-ignore lint/a11y/useSemanticElements: see the table
        <div role="cell" className="flex items-center justify-center">
          {row === undefined ? null : (
            <input
              type="checkbox"
              aria-label={t('select', { name: row.name })}
              checked={selection.has(row)}
              onChange={() => selection.toggle(row)}
            />
          )}
        </div>
      )}
      {columns.map((column) => (
        // biome-ignore lint/a11y/useSemanticElements: see the table
        <div key={column.name} role="cell" className="flex min-w-0 items-center px-2">
          {row === undefined ? (
            <span aria-hidden className="hatched h-3 w-2/3 rounded-sm" />
          ) : column.isName ? (
            <Link
              href={objectHref({ resource, namespace: row.namespace, name: row.name })}
              prefetch={false}
              className="truncate font-medium hover:underline"
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                onOpen(row, index);
              }}
            >
              {cellText(row, column)}
            </Link>
          ) : (
            <Cell row={row} column={column} />
          )}
        </div>
      ))}
    </div>
  );
}
