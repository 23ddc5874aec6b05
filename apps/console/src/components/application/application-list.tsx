'use client';

import { Plus } from 'lucide-react';
import Link from 'next/link';
import { useRef, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { shortCommit } from '../../lib/format.ts';
import { useKeys } from '../../lib/keys.ts';
import { APPLICATIONS, objectHref } from '../../lib/paths.ts';
import { type ApplicationLine, useApplications } from '../../lib/queries.ts';
import { useUrlState } from '../../lib/url-state.ts';
import { FilterBox } from '../table/filter-box.tsx';
import { Age } from '../ui/age.tsx';
import { Empty, Skeleton, Trouble } from '../ui/notice.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { Status } from '../ui/status.tsx';
import { TableHead } from '../ui/table-head.tsx';
import { FirstPush } from './first-push.tsx';

const COLUMNS = ['name', 'namespace', 'sync', 'health', 'commit', 'changed', 'message'] as const;

const RANK: Readonly<Record<string, number>> = {
  Degraded: 0,
  Missing: 0,
  Unknown: 2,
  Progressing: 3,
  Suspended: 4,
};

/** What is broken first, then what drifted, then by name. */
const rank = ({ health, sync }: ApplicationLine): number => RANK[health] ?? (sync === 'OutOfSync' ? 1 : 5);

const byUrgency = (a: ApplicationLine, b: ApplicationLine): number =>
  rank(a) - rank(b) || (a.name < b.name ? -1 : 1);

const matches = (line: ApplicationLine, words: string): boolean =>
  words
    .toLowerCase()
    .split(/\s+/)
    .every((word) =>
      [line.name, line.namespace, line.sync, line.health, line.message, line.repository, line.commit].some(
        (text) => text.toLowerCase().includes(word),
      ),
    );

const href = ({ namespace, name }: ApplicationLine): string =>
  objectHref({ resource: APPLICATIONS, namespace, name });

/** All Applications on two axes: whether the cluster is as Git says, and whether it works. */
export function ApplicationList() {
  const t = useText('applications');
  const common = useText('common');
  const url = useUrlState();
  const { data, error } = useApplications();
  const [cursor, setCursor] = useState(-1);
  const filterBox = useRef<HTMLInputElement>(null);
  const namespace = url.get('ns');
  const filter = url.get('q');
  const lines = (data ?? [])
    .filter((line) => (namespace === '' || line.namespace === namespace) && matches(line, filter))
    .sort(byUrgency);
  const step = (by: number): void => setCursor((old) => Math.min(lines.length - 1, Math.max(0, old + by)));
  const links = useRef<HTMLTableSectionElement>(null);
  useKeys({
    '/': () => filterBox.current?.focus(),
    j: () => step(1),
    k: () => step(-1),
    enter: () => links.current?.querySelectorAll('a')[cursor]?.click(),
  });
  return (
    <div className="flex flex-col gap-3 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h1 className="text-lg font-semibold">{t('title')}</h1>
        <p role="status" className="text-muted">
          {data === undefined ? '' : lines.length}
        </p>
        <div className="flex-1" />
        <FilterBox inputRef={filterBox} value={filter} onChange={(q) => url.set({ q })} />
        <Link
          className="flex h-8 items-center gap-1.5 rounded-md border border-line bg-surface px-3 font-medium hover:bg-sunken"
          prefetch={false}
          href={`/create/application${namespace === '' ? '' : `?ns=${encodeURIComponent(namespace)}`}`}
        >
          <Plus aria-hidden className="size-4 shrink-0" />
          {t('new')}
        </Link>
      </div>
      {error !== null ? <Trouble error={error} what={t('what')} /> : null}
      {data === undefined && error === null ? <Skeleton lines={8} /> : null}
      {data !== undefined && data.length === 0 ? <FirstPush /> : null}
      {data !== undefined && data.length > 0 && lines.length === 0 ? (
        <Empty title={t('noMatch')}>
          {namespace === '' ? t('noMatchHelp') : common('namespaceOnly', { namespace })}
        </Empty>
      ) : null}
      {lines.length === 0 ? null : (
        <ScrollRegion label={common('scrollable', { label: t('title') })} className="card overflow-x-auto">
          <table className="stacked w-full text-left">
            <TableHead cells={COLUMNS.map((column) => ({ key: column, label: t(`columns.${column}`) }))} />
            <tbody ref={links}>
              {lines.map((line, index) => (
                <Row key={`${line.namespace}/${line.name}`} line={line} chosen={index === cursor} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </div>
  );
}

function Row({ line, chosen }: { readonly line: ApplicationLine; readonly chosen: boolean }) {
  const t = useText('applications.columns');
  const behind = line.targetCommit !== '' && line.targetCommit !== line.commit;
  return (
    <tr
      data-cursor={chosen || undefined}
      className="h-8 border-b border-line last:border-0 hover:bg-sunken data-[cursor]:bg-accent-soft"
    >
      <th scope="row" className="px-4 font-medium whitespace-nowrap">
        <Link href={href(line)} prefetch={false} className="hover:underline">
          {line.name}
        </Link>
      </th>
      <td className="px-4 whitespace-nowrap max-sm:flex-1">{line.namespace}</td>
      <td className="px-4 whitespace-nowrap">
        <Status word={line.sync} axis={t('sync')} />
      </td>
      <td className="px-4 whitespace-nowrap">
        <Status word={line.health} axis={t('health')} />
      </td>
      <td className="px-4 font-mono text-xs whitespace-nowrap">
        {shortCommit(line.commit) || '–'}
        {behind ? ` → ${shortCommit(line.targetCommit)}` : ''}
      </td>
      <td className="px-4 whitespace-nowrap max-sm:ml-auto">
        <Age time={line.last?.time ?? line.createdAt} ago />
      </td>
      <td
        className="max-w-md truncate px-4 text-muted max-sm:w-full max-sm:whitespace-normal"
        title={line.message}
      >
        {line.message.split('\n')[0] || line.last?.message || null}
      </td>
    </tr>
  );
}
