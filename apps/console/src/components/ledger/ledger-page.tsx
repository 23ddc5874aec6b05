'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useText } from '../../i18n/text.ts';
import { api } from '../../lib/trpc.ts';
import { useUrlState } from '../../lib/url-state.ts';
import { Button } from '../ui/button.tsx';
import { Empty, Skeleton, Trouble } from '../ui/notice.tsx';
import { FILTERS, LedgerFilters } from './ledger-filters.tsx';
import { LedgerTable } from './ledger-table.tsx';

const PAGE = 100;

/** Everything that commits, pushes and people did to Applications. Filters stand in the address. */
export function LedgerPage() {
  const t = useText('ledger');
  const url = useUrlState();
  const namespace = url.get('ns');
  const values = Object.fromEntries(FILTERS.map((name) => [name, url.get(name).trim()]));
  const type = url.get('type');
  const isFiltered = type !== '' || Object.values(values).some((value) => value !== '');
  const { kind = '', name = '', ...texts } = values;
  const query = {
    ...Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== '')),
    namespace,
    ...(type === '' ? {} : { types: [type] }),
    ...(kind === '' && name === ''
      ? {}
      : { object: { ...(kind === '' ? {} : { kind }), ...(name === '' ? {} : { name }) } }),
    limit: PAGE,
  };
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['ledger', query],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      api.ledger.search.query({ ...query, ...(pageParam === '' ? {} : { continue: pageParam }) }),
    getNextPageParam: (page) => page.continue ?? undefined,
    refetchInterval: 15_000,
    retry: false,
  });
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <div className="flex flex-col gap-3 p-4">
      <div>
        <h1 className="text-lg font-semibold">{t('title')}</h1>
        <p className="text-muted">{t('text')}</p>
      </div>
      <LedgerFilters />
      {error === null ? null : <Trouble error={error} what={t('what')} />}
      {data === undefined && error === null ? <Skeleton lines={10} /> : null}
      {data !== undefined && entries.length === 0 ? (
        <Empty title={t(isFiltered ? 'empty' : 'nothing')}>
          {t(isFiltered ? 'emptyHelp' : 'nothingHelp')}
        </Empty>
      ) : null}
      {entries.length === 0 ? null : <LedgerTable entries={entries} />}
      {hasNextPage ? (
        <div>
          <Button blocked={isFetchingNextPage ? t('loading') : ''} onClick={() => void fetchNextPage()}>
            {t('older')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
