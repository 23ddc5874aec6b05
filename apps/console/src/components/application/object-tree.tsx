'use client';

import { CornerDownRight } from 'lucide-react';
import Link from 'next/link';
import { useText } from '../../i18n/text.ts';
import { objectHref } from '../../lib/paths.ts';
import { type ApplicationPage, useKinds } from '../../lib/queries.ts';
import { Age } from '../ui/age.tsx';
import { Empty } from '../ui/notice.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { Status } from '../ui/status.tsx';
import { TableHead } from '../ui/table-head.tsx';
import { type TreeLine, treeLines } from './tree.ts';

const COLUMNS = ['object', 'sync', 'health', 'message', 'source', 'wave', 'age'] as const;
const INDENT_PX = 20;

/** What the Application consists of, and what became of it: a table whose rows are indented as a tree. */
export function ObjectTree({
  objects,
  made,
  detailsOmitted,
}: {
  readonly objects: ApplicationPage['objects'];
  /** What their controllers made. */
  readonly made: ApplicationPage['children'];
  /** Objects of which only the axes are kept. */
  readonly detailsOmitted: number;
}) {
  const t = useText('applications');
  const hasWaves = objects.some(({ wave }) => wave !== undefined);
  const columns = COLUMNS.filter((column) => column !== 'wave' || hasWaves);
  if (objects.length === 0) return <Empty title={t('tree.empty')}>{t('tree.emptyHelp')}</Empty>;
  return (
    <>
      {detailsOmitted === 0 ? null : (
        <p className="mb-2 text-muted">{t('tree.detailsOmitted', { count: detailsOmitted })}</p>
      )}
      <ScrollRegion label={t('tree.label')} className="card overflow-x-auto">
        <table className="stacked w-full text-left">
          <TableHead cells={columns.map((column) => ({ key: column, label: t(`columns.${column}`) }))} />
          <tbody>
            {treeLines(objects, made).map((line) => (
              <Row key={line.key} line={line} hasWaves={hasWaves} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </>
  );
}

function Row({ line, hasWaves }: { readonly line: TreeLine; readonly hasWaves: boolean }) {
  const t = useText('applications');
  const { findKind } = useKinds();
  const { object, child } = line;
  const toucher = object?.touched?.user ?? object?.touched?.manager;
  const served = object === undefined ? undefined : findKind(object.apiVersion, object.kind);
  const ref =
    line.ref ??
    (served === undefined
      ? undefined
      : { resource: served, namespace: served.namespaced ? line.namespace : '', name: line.name });
  return (
    <tr className="h-8 border-b border-line last:border-0 hover:bg-sunken">
      <th scope="row" className="px-4 font-normal whitespace-nowrap max-sm:w-full max-sm:whitespace-normal">
        <span className="flex items-center gap-1.5" style={{ paddingLeft: line.depth * INDENT_PX }}>
          {line.depth === 0 ? null : <CornerDownRight aria-hidden className="size-3.5 shrink-0 text-muted" />}
          <span className="text-muted">{line.kind}</span>
          {ref === undefined ? (
            <span className="min-w-0 font-medium max-sm:break-all">{line.name}</span>
          ) : (
            <Link
              className="min-w-0 font-medium hover:underline max-sm:break-all"
              prefetch={false}
              href={objectHref(ref)}
            >
              {line.name}
            </Link>
          )}
        </span>
      </th>
      <td className="px-4 whitespace-nowrap">
        {object?.sync === undefined ? null : <Status word={object.sync} axis={t('columns.sync')} />}
      </td>
      <td className="px-4 whitespace-nowrap">
        {object === undefined ? (
          <ChildStatus line={line} />
        ) : (
          <Status word={object.health ?? 'Unknown'} axis={t('columns.health')} />
        )}
      </td>
      <td
        className="w-full max-w-0 min-w-40 truncate px-4 text-muted max-sm:order-1 max-sm:w-auto max-sm:whitespace-normal"
        title={object?.message}
      >
        {object?.touched === undefined || toucher === undefined ? null : (
          <span className="mr-2 text-drift">
            {t(object.health === 'Missing' ? 'tree.deletedBy' : 'tree.touchedBy', { who: toucher })}{' '}
            <Age time={object.touched.time} ago />
          </span>
        )}
        {object?.message ??
          (child?.ready === undefined || child.ready === '' ? null : t('tree.ready', { ready: child.ready }))}
      </td>
      <td className="px-4 font-mono text-xs whitespace-nowrap">{object?.source}</td>
      {hasWaves ? <td className="px-4 whitespace-nowrap tabular-nums">{object?.wave}</td> : null}
      <td className="px-4 whitespace-nowrap max-sm:order-2 max-sm:ml-auto">
        {child === undefined ? null : <Age time={child.createdAt} />}
      </td>
    </tr>
  );
}

function ChildStatus({ line: { child } }: { readonly line: TreeLine }) {
  const t = useText('applications.columns');
  return child === undefined || child.status === '' ? null : (
    <Status word={child.status} axis={t('status')} />
  );
}
