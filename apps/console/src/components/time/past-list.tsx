'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useLocale, useText } from '../../i18n/text.ts';
import { clock } from '../../lib/format.ts';
import { objectHref, type ResourceRef } from '../../lib/paths.ts';
import { api, type Outputs } from '../../lib/trpc.ts';
import { Empty, Notice, Skeleton, Trouble } from '../ui/notice.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { Status } from '../ui/status.tsx';
import { TableHead } from '../ui/table-head.tsx';

const COLUMNS = ['name', 'namespace', 'since'] as const;

type Past = Outputs['history']['listAt'];

const LIMIT = 1_000;
const TONES = { same: 'ok', changed: 'drift', gone: 'broken' } as const;

/** A list as it was, and what has become of each object since. */
export function PastList({
  resource,
  namespace,
  time,
}: {
  readonly resource: ResourceRef;
  readonly namespace: string;
  /** RFC 3339. */
  readonly time: string;
}) {
  const t = useText('time');
  const locale = useLocale();
  const { data, error } = useQuery({
    queryKey: ['list-at', resource, namespace, time],
    queryFn: () => api.history.listAt.query({ resource, namespace, time, limit: LIMIT }),
    retry: false,
  });
  if (error !== null)
    return (
      <div className="px-4">
        <Trouble error={error} what={t('pastList')} />
      </div>
    );
  if (data === undefined)
    return (
      <div className="px-4">
        <Skeleton lines={10} />
      </div>
    );
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-auto px-4 pb-4">
      <Notice
        tone="idle"
        role="status"
        title={t('asOf', { time: clock(time, locale), count: data.total, added: data.added.length })}
      />
      {data.rows.length === 0 ? (
        <Empty title={t('emptyThen')} />
      ) : (
        <PastTable resource={resource} past={data} />
      )}
    </div>
  );
}

function PastTable({ resource, past }: { readonly resource: ResourceRef; readonly past: Past }) {
  const t = useText('time');
  const shown = past.columns
    .map((column, index) => ({ ...column, index }))
    .filter(({ wide, name }) => !wide && name !== 'Name');
  return (
    <ScrollRegion label={t('pastList')} className="card overflow-x-auto">
      <table className="w-full text-left">
        <TableHead
          cells={[
            ...COLUMNS.map((column) => ({ key: column, label: t(`columns.${column}`) })),
            // As the server named them then.
            ...shown.map(({ name }) => ({ key: `shown ${name}`, label: name })),
          ]}
        />
        <tbody>
          {past.rows.map((row) => (
            <tr key={`${row.namespace}/${row.name}`} className="h-8 border-b border-line last:border-0">
              <th scope="row" className="px-4 font-medium whitespace-nowrap">
                <Link
                  className="hover:underline"
                  prefetch={false}
                  href={`${objectHref({ resource, namespace: row.namespace, name: row.name }, 'changes')}&at=${row.revision}`}
                >
                  {row.name}
                </Link>
              </th>
              <td className="px-4 whitespace-nowrap">{row.namespace}</td>
              <td className="px-4 whitespace-nowrap">
                <Status word={t(`since.${row.since}`)} tone={TONES[row.since]} />
              </td>
              {shown.map(({ name, index }) => (
                <td key={name} className="max-w-xs truncate px-4">
                  {String(row.cells[index] ?? '')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
