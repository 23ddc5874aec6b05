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
}: {
  readonly objects: ApplicationPage['objects'];
  /** What their controllers made. */
  readonly made: ApplicationPage['children'];
}) {
  const t = useText('applications');
  if (objects.length === 0) return <Empty title={t('tree.empty')}>{t('tree.emptyHelp')}</Empty>;
  return (
    <ScrollRegion label={t('tree.label')} className="card overflow-x-auto">
      <table className="w-full text-left">
        <TableHead cells={COLUMNS.map((column) => ({ key: column, label: t(`columns.${column}`) }))} />
        <tbody>
          {treeLines(objects, made).map((line) => (
            <Row key={line.key} line={line} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Row({ line }: { readonly line: TreeLine }) {
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
      <th scope="row" className="px-4 font-normal whitespace-nowrap">
        <span className="flex items-center gap-1.5" style={{ paddingLeft: line.depth * INDENT_PX }}>
          {line.depth === 0 ? null : <CornerDownRight aria-hidden className="size-3.5 shrink-0 text-muted" />}
          <span className="text-muted">{line.kind}</span>
          {ref === undefined ? (
            <span className="font-medium">{line.name}</span>
          ) : (
            <Link className="font-medium hover:underline" prefetch={false} href={objectHref(ref)}>
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
      <td className="max-w-lg min-w-40 truncate px-4 text-muted" title={object?.message}>
        {object?.touched === undefined || toucher === undefined ? null : (
          <span className="mr-2 text-drift">
            {t(object.health === 'Missing' ? 'tree.deletedBy' : 'tree.touchedBy', { who: toucher })}{' '}
            <Age time={object.touched.time} ago />
          </span>
        )}
        {object?.message ??
          (child?.ready === undefined || child.ready === '' ? '' : t('tree.ready', { ready: child.ready }))}
      </td>
      <td className="px-4 font-mono text-xs whitespace-nowrap">{object?.source}</td>
      <td className="px-4 whitespace-nowrap tabular-nums">{object?.wave}</td>
      <td className="px-4 whitespace-nowrap">
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
