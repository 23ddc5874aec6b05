'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Pause, Play } from 'lucide-react';
import Link from 'next/link';
import { useCallback, useRef, useState } from 'react';
import { useText } from '../../i18n/text.ts';
import { useKeys } from '../../lib/keys.ts';
import { useLive } from '../../lib/live.ts';
import { objectHref } from '../../lib/paths.ts';
import { api, type Outputs } from '../../lib/trpc.ts';
import { useUrlState } from '../../lib/url-state.ts';
import { FilterBox } from '../table/filter-box.tsx';
import { Age } from '../ui/age.tsx';
import { Button } from '../ui/button.tsx';
import { Empty, Skeleton, Trouble } from '../ui/notice.tsx';
import { Status } from '../ui/status.tsx';

type Line = Outputs['events']['stream']['events'][number];

const EVENTS = { group: '', version: 'v1', plural: 'events' };
const PAGE = 200;
const LINES_MAX = 500;
const TYPES = ['Warning', 'Normal'] as const;

const typeOf = (text: string): '' | 'Normal' | 'Warning' => TYPES.find((type) => type === text) ?? '';

/** What happens in the cluster, the newest on top, live. Filters stand in the URL. */
export function EventsPage() {
  const t = useText('events');
  const pages = useText('shell.pages');
  const common = useText('common');
  const url = useUrlState();
  const [limit, setLimit] = useState(PAGE);
  const [held, setHeld] = useState(false);
  const filterBox = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => filterBox.current?.focus() });
  const [namespace, type, kind, filter] = [
    url.get('ns'),
    typeOf(url.get('type')),
    url.get('kind'),
    url.get('q'),
  ];
  const queryKey = ['event-stream', namespace];
  useLive(held ? [] : [{ resource: EVENTS, namespace }], queryKey);
  const { data, error } = useQuery({
    queryKey: [...queryKey, type, kind, filter, limit],
    queryFn: () => api.events.stream.query({ namespace, type, kind, filter, limit }),
    placeholderData: keepPreviousData,
    retry: false,
    ...(held ? { staleTime: Number.POSITIVE_INFINITY } : {}),
  });
  const onFilter = useCallback((q: string) => url.set({ q }), [url.set]);
  const isFiltered = type !== '' || kind !== '' || filter !== '';
  return (
    <div className="flex flex-col gap-3 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h1 className="mr-1 text-lg font-semibold">{pages('events')}</h1>
        <p role="status" className="text-muted">
          {data === undefined
            ? ''
            : isFiltered
              ? common('ofTotal', { count: data.matched, total: data.total })
              : data.total}
        </p>
        <div className="flex-1" />
        <Choice
          label={t('type')}
          all={t('allTypes')}
          value={type}
          onChange={(value) => url.set({ type: value })}
        >
          {TYPES}
        </Choice>
        <Choice
          label={t('kind')}
          all={t('allKinds')}
          value={kind}
          onChange={(value) => url.set({ kind: value })}
        >
          {data?.kinds ?? (kind === '' ? [] : [kind])}
        </Choice>
        <FilterBox inputRef={filterBox} value={filter} onChange={onFilter} />
        <Button icon={held ? Play : Pause} aria-pressed={held} onClick={() => setHeld(!held)}>
          {held ? t('goOn') : t('hold')}
        </Button>
      </div>
      {error !== null && data === undefined ? <Trouble error={error} what={t('what')} /> : null}
      {error === null && data === undefined ? <Skeleton lines={14} /> : null}
      {data !== undefined && data.events.length === 0 ? (
        <Empty title={isFiltered ? t('noMatch') : t('empty')}>
          {isFiltered ? t('noMatchHelp') : t('emptyHelp')}
        </Empty>
      ) : null}
      {data === undefined || data.events.length === 0 ? null : (
        <ol aria-label={pages('events')} className="card divide-y divide-line">
          {data.events.map((event) => (
            <EventRow key={event.uid} event={event} withNamespace={namespace === ''} />
          ))}
        </ol>
      )}
      {data !== undefined && data.matched > data.events.length && limit < LINES_MAX ? (
        <div>
          <Button onClick={() => setLimit(LINES_MAX)}>{t('more')}</Button>
        </div>
      ) : null}
    </div>
  );
}

function Choice({
  label,
  all,
  value,
  onChange,
  children,
}: {
  readonly label: string;
  readonly all: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly children: readonly string[];
}) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="h-8 rounded-md border border-line-strong bg-surface px-2 text-sm"
    >
      <option value="">{all}</option>
      {children.map((one) => (
        <option key={one} value={valueFor(one)}>
          {one}
        </option>
      ))}
    </select>
  );
}

/** Kinds are named in lower case in the address, as the server takes them; types as they are. */
const valueFor = (name: string): string => (typeOf(name) === '' ? name.toLowerCase() : name);

function EventRow({ event, withNamespace }: { readonly event: Line; readonly withNamespace: boolean }) {
  const t = useText('events');
  const { type, reason, message, count, time, source, namespace, kind, name, ref } = event;
  const object = `${kind} ${name}`;
  return (
    <li className="px-4 py-1.5">
      <div className="flex flex-wrap items-center gap-x-3">
        {type === 'Normal' ? null : <Status word={type} />}
        <span className="font-medium">{reason}</span>
        {ref === null ? (
          <span className="break-all">{object}</span>
        ) : (
          <Link className="link break-all" prefetch={false} href={objectHref(ref, 'events')}>
            {object}
          </Link>
        )}
        {withNamespace && namespace !== '' ? <span className="text-muted">{namespace}</span> : null}
        <span className="ml-auto text-xs text-muted">
          {count > 1 ? `${t('times', { count })} ` : ''}
          <Age time={time} ago />
          {source === '' ? '' : ` · ${source}`}
        </span>
      </div>
      <p className="break-words whitespace-pre-wrap text-muted">{message}</p>
    </li>
  );
}
