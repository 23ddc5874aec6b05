'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale, useText } from '../../i18n/text.ts';
import { clock } from '../../lib/format.ts';
import { api } from '../../lib/trpc.ts';
import { useAct } from '../../lib/use-act.ts';
import { Age } from '../ui/age.tsx';
import { Button } from '../ui/button.tsx';
import { Empty, Skeleton, Trouble } from '../ui/notice.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { TableHead } from '../ui/table-head.tsx';
import { browserName } from './browser-name.ts';

const QUERY = ['sessions'];
const COLUMNS = ['browser', 'seen', 'begun', 'expires'] as const;

/** Where the user is signed in, and how to end that. */
export function Sessions() {
  const t = useText('account.sessions');
  const client = useQueryClient();
  const act = useAct();
  const { data, error } = useQuery({ queryKey: QUERY, queryFn: () => api.session.sessions.query() });
  const end = async (id: string | undefined): Promise<void> => {
    const input = id === undefined ? {} : { id };
    await act(() => api.session.revoke.mutate(input), id === undefined ? t('endedOthers') : t('ended'));
    void client.invalidateQueries({ queryKey: QUERY });
  };
  return (
    <section aria-labelledby="sessions" className="card flex flex-col">
      <div className="flex min-h-12 flex-wrap items-center gap-2 border-b border-line px-4 py-2">
        <h2 id="sessions" className="flex-1 text-md font-semibold">
          {t('title')}
        </h2>
        {(data?.length ?? 0) > 1 ? (
          <Button onClick={() => void end(undefined)}>{t('endOthers')}</Button>
        ) : null}
      </div>
      {error !== null ? (
        <div className="p-4">
          <Trouble error={error} what={t('what')} />
        </div>
      ) : null}
      {data === undefined && error === null ? (
        <div className="p-4">
          <Skeleton />
        </div>
      ) : null}
      {data?.length === 0 ? <Empty title={t('empty')}>{t('emptyHelp')}</Empty> : null}
      {data === undefined || data.length === 0 ? null : <SessionTable sessions={data} onEnd={end} />}
    </section>
  );
}

type Session = Awaited<ReturnType<typeof api.session.sessions.query>>[number];

function SessionTable({
  sessions,
  onEnd,
}: {
  readonly sessions: readonly Session[];
  readonly onEnd: (id: string) => Promise<void>;
}) {
  const t = useText('account.sessions');
  const locale = useLocale();
  return (
    <ScrollRegion label={t('what')} className="overflow-x-auto">
      <table className="w-full text-left">
        <TableHead
          cells={[
            ...COLUMNS.map((column) => ({
              key: column,
              label: t(column),
              className: column === 'begun' || column === 'expires' ? 'max-md:hidden' : '',
            })),
            { key: 'actions', label: t('end'), isUnseen: true },
          ]}
        />
        <tbody>
          {sessions.map(({ id, userAgent, lastSeenAt, createdAt, expiresAt, isCurrent }) => {
            const browser = browserName(userAgent) || t('unknown');
            return (
              <tr key={id} className="h-10 border-b border-line last:border-0">
                <th scope="row" className="px-4 py-1.5 font-medium" title={userAgent}>
                  {browser}
                  {isCurrent ? <span className="ml-2 font-normal text-muted">{t('current')}</span> : null}
                </th>
                <td className="px-4 whitespace-nowrap">
                  <Age time={lastSeenAt} ago />
                </td>
                <td className="px-4 whitespace-nowrap max-md:hidden">{clock(createdAt, locale)}</td>
                <td className="px-4 whitespace-nowrap max-md:hidden">{clock(expiresAt, locale)}</td>
                <td className="px-4 text-right">
                  {isCurrent ? null : (
                    <Button look="danger" aria-label={t('endOf', { browser })} onClick={() => void onEnd(id)}>
                      {t('end')}
                    </Button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
