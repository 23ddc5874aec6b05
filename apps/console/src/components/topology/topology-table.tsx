'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { CornerDownRight } from 'lucide-react';
import Link from 'next/link';
import { useMemo, useRef } from 'react';
import { useText } from '../../i18n/text.ts';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { Status } from '../ui/status.tsx';
import { TableHead } from '../ui/table-head.tsx';
import { boxHref, type Topology, type TreeRow, treeRows } from './topology-tree.ts';

const ROW_PX = 30;
const INDENT_PX = 18;

/** The graph in words: a table whose rows are indented as a tree. Only what is in view is drawn. */
export function TopologyTable({
  topology,
  namespace,
}: {
  readonly topology: Topology;
  readonly namespace: string;
}) {
  const t = useText('topology');
  const scroller = useRef<HTMLElement>(null);
  const rows = useMemo(() => treeRows(topology), [topology]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 20,
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <ScrollRegion ref={scroller} label={t('table')} className="card h-full overflow-auto">
      <table aria-label={t('table')} aria-rowcount={rows.length + 1} className="w-full text-left">
        <TableHead
          className="sticky top-0 z-10 bg-surface"
          cells={[
            { key: 'object', label: t('object'), className: 'max-sm:px-2' },
            { key: 'ready', label: t('ready'), className: 'pr-0 max-sm:hidden' },
            { key: 'status', label: t('status'), className: 'max-sm:px-2' },
          ]}
        />
        <tbody>
          {before > 0 ? <tr aria-hidden style={{ height: before }} /> : null}
          {items.map(({ index }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <Row key={row.key} row={row} index={index} namespace={namespace} />
            );
          })}
          {after > 0 ? <tr aria-hidden style={{ height: after }} /> : null}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Row({
  row: { depth, node },
  index,
  namespace,
}: {
  readonly row: TreeRow;
  readonly index: number;
  readonly namespace: string;
}) {
  const t = useText('topology');
  return (
    <tr aria-rowindex={index + 2} className="border-b border-line hover:bg-sunken" style={{ height: ROW_PX }}>
      <th scope="row" className="w-full max-w-0 min-w-48 pl-4 font-normal whitespace-nowrap max-sm:px-2">
        <span className="flex items-center gap-1.5" style={{ paddingLeft: depth * INDENT_PX }}>
          {depth === 0 ? null : <CornerDownRight aria-hidden className="size-3.5 shrink-0 text-muted" />}
          <span className="text-muted">{node.kind === 'Pods' ? t('podsOf') : node.kind}</span>
          <Link
            className="truncate font-medium hover:underline"
            title={node.name}
            prefetch={false}
            href={boxHref(node, namespace)}
          >
            {node.name}
          </Link>
        </span>
      </th>
      <td className="pl-4 tabular-nums max-sm:hidden">{node.ready}</td>
      <td className="px-4 whitespace-nowrap max-sm:px-2">
        {node.status === '' ? null : <Status word={node.status} axis={t('status')} />}
      </td>
    </tr>
  );
}
