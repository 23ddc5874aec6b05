'use client';

import Link from 'next/link';
import { useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { listHref } from '../../lib/paths.ts';
import { type ServedKind, useKinds } from '../../lib/queries.ts';
import { useNamespace } from '../../lib/url-state.ts';
import { Empty, Skeleton, Trouble } from '../ui/notice.tsx';
import { TableHead } from '../ui/table-head.tsx';
import { FilterBox } from './filter-box.tsx';

const matches = (kind: ServedKind, text: string): boolean =>
  [kind.kind, kind.plural, kind.group || 'core', ...kind.shortNames, ...kind.categories].some((word) =>
    word.toLowerCase().includes(text.toLowerCase()),
  );

const COLUMNS = ['kind', 'group', 'version', 'scope', 'short', 'verbs'] as const;

/** Every kind that the server serves, custom ones too. */
export function KindList() {
  const t = useText('lists.kinds');
  const { kinds, isPending, error } = useKinds();
  const [text, setText] = useState('');
  const [namespace] = useNamespace();
  const query = namespace === '' ? '' : `?ns=${encodeURIComponent(namespace)}`;
  const shown = kinds
    .filter((kind) => kind.verbs.includes('list') && matches(kind, text))
    .sort((a, b) => (a.group === b.group ? (a.kind < b.kind ? -1 : 1) : a.group < b.group ? -1 : 1));
  return (
    <div className="flex flex-col gap-3 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h1 className="text-lg font-semibold">{t('title')}</h1>
        <p role="status" className="text-muted">
          {isPending ? '' : shown.length}
        </p>
        <div className="flex-1" />
        <FilterBox value={text} onChange={setText} />
      </div>
      {error !== null ? <Trouble error={error} what={t('what')} /> : null}
      {isPending ? <Skeleton lines={10} /> : null}
      {!isPending && error === null && shown.length === 0 ? (
        <Empty title={t('empty')}>{t('emptyHelp')}</Empty>
      ) : null}
      {shown.length === 0 ? null : (
        <div className="card overflow-x-auto">
          <table className="w-full text-left">
            <TableHead cells={COLUMNS.map((column) => ({ key: column, label: t(column) }))} />
            <tbody>
              {shown.map((kind) => (
                <tr
                  key={`${kind.group}/${kind.version}/${kind.plural}`}
                  className="border-b border-line last:border-0 hover:bg-sunken"
                >
                  <th scope="row" className="h-[30px] px-4 font-medium">
                    <Link href={`${listHref(kind)}${query}`} prefetch={false} className="hover:underline">
                      {kind.kind}
                    </Link>
                  </th>
                  <td className="px-4 whitespace-nowrap">{kind.group || t('core')}</td>
                  <td className="px-4">{kind.version}</td>
                  <td className="px-4">{kind.namespaced ? t('namespaced') : t('cluster')}</td>
                  <td className="px-4">{kind.shortNames.join(', ')}</td>
                  <td className="px-4 text-muted">{kind.verbs.join(' ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
